"""Who may be a child before the law on personal data (Luật 91/2025/QH15)."""

GROWN_UP = 16
OLDEST = 120
"""Years that nobody is older than: a birth year before is a slip of the pen."""


def may_be_child(birth_year: int | None, year: int) -> bool:
    """Whether somebody born in *birth_year* might be under 16 in *year*; whoever doesn't say might be.

    Under 16 is a child (Luật 91/2025/QH15); a birth year can't separate 15 from 16, so the doubt counts as a child.

    >>> may_be_child(2010, 2026), may_be_child(2009, 2026), may_be_child(None, 2026)
    (True, False, True)
    """
    return birth_year is None or year - birth_year <= GROWN_UP
