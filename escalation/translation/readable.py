"""Which American school grade can read an English text?

Flesch-Kincaid grade level (Kincaid et al., 1975): 0.39 * words per sentence + 11.8 * syllables per word
- 15.59. Syllables are counted by groups of vowels, which is the usual approximation.
"""

import re

PLAIN = 8.0  # the grade above which a line is not plain any more


def grade(text: str) -> float:
    """This will return the grade; 0 for a text without words."""
    parts = [part for part in re.split(r"[.!?]+(?:\s|$)", text) if part.strip()]
    words = re.findall(r"[A-Za-z0-9][A-Za-z0-9:'’-]*", text)
    if not words:
        return 0.0
    syllables = sum(_syllables(word.lower()) for word in words)
    return 0.39 * len(words) / len(parts) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word.replace("'", "")))
    silent = word.endswith("e") and not word.endswith(("le", "ee")) and groups > 1
    unsounded = bool(re.search(r"[^aeioutd]ed$", word)) and groups > 1  # "closed" is one, "needed" is two
    return max(1, groups - silent - unsounded)
