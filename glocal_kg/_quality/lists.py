"""Short public lists that checks compare with: hosts, codes, and digits that check."""

from __future__ import annotations

import re

PERSISTENT_HOSTS = (
    "w3id.org",
    "purl.org",
    "www.w3.org",
    "doi.org",
    "purl.obolibrary.org",
    "hdl.handle.net",
    "n2t.net",
    "data.europa.eu",
    "schema.org",
    "id.loc.gov",
    "identifiers.org",
    "linked.data.gov.au",
    "spec.edmcouncil.org",
)
"""Hosts whose promise it is to keep IRIs; a host below one of them counts too."""


def orcid_is_right(digits: str) -> bool:
    """Whether the last digit of an ORCID or ISNI checks (ISO 7064, mod 11-2).

    >>> orcid_is_right("0000-0002-1825-0097"), orcid_is_right("0000-0002-1825-0098")
    (True, False)
    """
    bare = digits.replace("-", "").replace(" ", "")
    if not re.fullmatch(r"[0-9]{15}[0-9X]", bare):
        return False
    total = 0
    for digit in bare[:-1]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    return bare[-1] == ("X" if check == 10 else str(check))


def ror_is_right(name: str) -> bool:
    """Whether a ROR identifier has its form and its two check digits (ISO 7064, mod 97-10).

    >>> ror_is_right("05dxps055"), ror_is_right("05dxps054")
    (True, False)
    """
    if not re.fullmatch(r"0[a-hj-km-np-tv-z0-9]{6}[0-9]{2}", name):
        return False
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    number = 0
    for letter in name[:-2]:
        number = number * 32 + letters.index(letter)
    return 98 - number * 100 % 97 == int(name[-2:])


def isbn_is_right(text: str) -> bool:
    """Whether an ISBN of 10 or 13 digits has the right check digit.

    >>> isbn_is_right("978-3-16-148410-0"), isbn_is_right("0-306-40615-3")
    (True, False)
    """
    bare = text.replace("-", "").replace(" ", "").upper()
    if re.fullmatch(r"[0-9]{9}[0-9X]", bare):
        values = [10 if digit == "X" else int(digit) for digit in bare]
        return (
            sum(value * weight for value, weight in zip(values, range(10, 0, -1), strict=True)) % 11
            == 0
        )
    if re.fullmatch(r"97[89][0-9]{10}", bare):
        return sum(int(digit) * (3 if n % 2 else 1) for n, digit in enumerate(bare)) % 10 == 0
    return False


def issn_is_right(text: str) -> bool:
    """Whether an ISSN has the right check digit.

    >>> issn_is_right("0378-5955"), issn_is_right("0378-5954")
    (True, False)
    """
    bare = text.replace("-", "").upper()
    if not re.fullmatch(r"[0-9]{7}[0-9X]", bare):
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(bare[:-1], range(8, 1, -1), strict=True)
    )
    check = -total % 11
    return bare[-1] == ("X" if check == 10 else str(check))
