"""Which roles does a language model play, and by which module?"""

from typing import Final

from escalation.tools.contract import Tool
from escalation.tools.language_model import drafter, upkeep

LANGUAGE_MODEL: Final = Tool(kind="language_model", label="Language model", upkeep=upkeep, drafter=drafter)
