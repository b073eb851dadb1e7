#!/usr/bin/env python
"""Which command shall run? Django's own front door."""

import os
import sys

from django.core.management import execute_from_command_line

from config import alone

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if alone.asks_for_nothing(sys.argv[1:]):
        alone.stand_in()
    execute_from_command_line(sys.argv)
