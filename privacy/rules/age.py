"""The age under which a person is a child in the law on personal data (Luật 91/2025/QH15)."""

GROWN_UP = 16
OLDEST = 120
"""The highest credible age."""


def may_be_child(birth_year: int | None, year: int) -> bool:
    """Return whether a person born in *birth_year* might be under 16 in *year*; without a birth year they might be.

    A person under 16 is a child (Luật 91/2025/QH15); a birth year cannot separate 15 from 16, so both count.

    >>> may_be_child(2010, 2026), may_be_child(2009, 2026), may_be_child(None, 2026)
    (True, False, True)
    """
    return birth_year is None or year - birth_year <= GROWN_UP
