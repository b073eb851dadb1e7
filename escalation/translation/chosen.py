"""Which value do the owner's rules choose for a word that was said? Pure.

A table of the rules, as "assignment_group: vpn = ..." lines, maps the company's words to a tool's values. The
longest word that stands in the text wins; a word is met whole, in any case.
"""

import re

from escalation.translation.plain import flat
from escalation.translation.rules import Rules


def chosen(rules: Rules, field: str, *, said: str) -> tuple[str, str]:
    """This will return the word that was met and the value for it; "" for both where none was."""
    table = rules.values.get(field, {})
    spoken = said.casefold()
    for word in sorted(table, key=lambda each: (-len(each), each)):
        met, value = flat(word), flat(table[word])
        if met and value and re.search(rf"(?<!\w){re.escape(met.casefold())}(?!\w)", spoken):
            return met, value
    return "", ""
