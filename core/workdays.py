"""On which days Vietnam's offices are shut: what rules about working days are given."""

from datetime import date

import holidays


def holidays_around(day: date) -> frozenset[date]:
    """Vietnam's public holidays of the year of *day* and the next one."""
    return frozenset(holidays.country_holidays("VN", years=(day.year, day.year + 1)))
