"""Vietnam's public holidays, for rules about working days."""

from datetime import date

import holidays


def holidays_around(day: date) -> frozenset[date]:
    """Return Vietnam's public holidays of the year of *day* and the next one."""
    return frozenset(holidays.country_holidays("VN", years=(day.year, day.year + 1)))
