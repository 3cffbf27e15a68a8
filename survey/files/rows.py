"""Ratings row by row, for inspectors: what each said, its counter and its week, and nothing finer."""

from collections.abc import Iterable

from core.sheets.writing import csv_of
from core.values.text import N_
from survey.labels import CHANNEL, LEVEL, REASON
from survey.models import Rating
from survey.rules.levels import Channel, Level, Reason

HEADER = (
    N_("Quầy"),
    N_("Lĩnh vực"),
    N_("Tuần (từ thứ Hai)"),
    N_("Kênh"),
    N_("Mức"),
    N_("Điều muốn nói tới"),
    N_("Góp ý"),
)


def rows_csv(ratings: Iterable[Rating]) -> bytes:
    """*ratings* in their order, a line each, below a header."""
    return csv_of([HEADER, *(_row(rating) for rating in ratings)])


def _row(rating: Rating) -> tuple[object, ...]:
    reasons = "; ".join(REASON[Reason(each.reason)] for each in rating.reasons)
    return (
        rating.counter.number, rating.counter.name, f"{rating.week:%d/%m/%Y}", CHANNEL[Channel(rating.channel)],
        LEVEL[Level(rating.level)], reasons, rating.comment,
    )  # fmt: skip
