"""Dossier numbers: when two are the same, which agency gave them, and which run of numbers they belong to."""

import re
from dataclasses import dataclass

LONGEST = 60
_NATIONAL = re.compile(r"((?:\d{2,3}\.)*[A-Z]\d{1,3}(?:\.\d{1,3})*)-(\d{6})-(\d{1,8})")
"""The agency's identifier, the day of receipt as yymmdd, the number within the day: 000.00.25.H51-260105-0012."""
_PLAIN = re.compile(r"(\D*)(\d{1,8})((?:[/-]\d{4})?(?:/\D*)?)")
"""A running number between a fixed beginning and a fixed end: 0123, HS-0123, 123/2026/BPMC."""
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class DossierNumber:
    """A number read from a list.

    Attributes:
        key: the form in which two spellings of one number are equal.
        agency: the identifier of the agency that gave it; empty if the number has none.
        series: the run of numbers that it belongs to; empty if it belongs to none.
        serial: its place in the run; None without one.
    """

    key: str
    agency: str = ""
    series: str = ""
    serial: int | None = None


def read_dossier_number(text: str) -> DossierNumber:
    """Return the number written as *text*: capitals, no spaces, one kind of dash; empty in, an empty key out.

    >>> read_dossier_number("h51.25 – 260105-0012")
    DossierNumber(key='H51.25-260105-0012', agency='H51.25', series='H51.25-260105-', serial=12)
    >>> read_dossier_number("0123/2026")
    DossierNumber(key='0123/2026', agency='', series='#/2026', serial=123)
    """
    key = _SPACE.sub("", text.translate(_DASHES)).upper()
    if national := _NATIONAL.fullmatch(key):
        agency, day, serial = national.groups()
        return DossierNumber(key, agency, f"{agency}-{day}-", int(serial))
    if plain := _PLAIN.fullmatch(key):
        before, serial, after = plain.groups()
        return DossierNumber(key, "", f"{before}#{after}", int(serial))
    return DossierNumber(key)


def begins_at_one(series: str) -> bool:
    """Whether the numbers of *series* begin at 1: those of an agency on one day do, other runs may begin anywhere."""
    return series.endswith("-") and "#" not in series
