"""Does a number carry the check digit that makes it what it looks like?

One in ten random numbers passes Luhn, one in 97 the others: the rules that call these ask for shape or
context, too.
"""

import re

# Length of an IBAN by country, from the SWIFT IBAN registry (release 99, read 2026-11).
_IBAN_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24,
    "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21,
    "HU": 28, "IE": 22, "IL": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21,
    "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15,
    "PK": 24, "PL": 28, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SE": 24, "SI": 19, "SK": 24,
    "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "XK": 20,
}  # fmt: skip
_DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def digits(text: str) -> str:
    """This will return only the ASCII digits of a text."""
    return re.sub(r"[^0-9]", "", text)


def luhn(text: str) -> bool:
    """This will say whether the digits pass Luhn's check (ISO/IEC 7812)."""
    total = 0
    for place, digit in enumerate(reversed(digits(text))):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def iban(text: str) -> bool:
    """This will say whether a text is an IBAN: its country's length, and remainder 1 by 97 (ISO 13616)."""
    plain = re.sub(r"[\s-]", "", text).upper()
    if _IBAN_LENGTHS.get(plain[:2]) != len(plain):
        return False
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def french_nir(text: str) -> bool:
    """This will check a French social security number: its key is 97 less the remainder by 97."""
    plain = digits(text)
    return len(plain) == 15 and 97 - int(plain[:13]) % 97 == int(plain[13:])


def spanish_dni(text: str) -> bool:
    """This will check the letter of a Spanish DNI: the number's remainder by 23 names it."""
    return _DNI_LETTERS[int(digits(text)[:8]) % 23] == text.strip()[-1].upper()


def japanese_my_number(text: str) -> bool:
    """This will check a My Number's last digit, as the ministry's ordinance 85 of 2014 weighs it."""
    plain = digits(text)
    if len(plain) != 12:
        return False
    weights = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
    rest = sum(int(digit) * weight for digit, weight in zip(plain, weights, strict=False)) % 11
    return int(plain[11]) == (0 if rest <= 1 else 11 - rest)
