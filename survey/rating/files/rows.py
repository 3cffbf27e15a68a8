"""Ratings row by row, for inspectors, with counter and batch of weeks but nothing finer, and without comments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from core.values.text import N_
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL, LEVELS, REASONS
from survey.rating.labels import CHANNEL, CLASS
from survey.rating.queries.rating import InspectedRating
from survey.rating.rules.answers import read_answers
from survey.rating.rules.channels import Channel

HEADER = (
    N_("Quầy"),
    N_("Lĩnh vực"),
    N_("Từ thứ Hai"),
    N_("Đến Chủ nhật"),
    N_("Kênh"),
    N_("Mức"),
    N_("Điều muốn nói tới"),
    N_("Cách tính"),
)


def inspected_rows(rows: Iterable[InspectedRating], reason_words: Mapping[str, str]) -> Iterator[Sequence[object]]:
    """Yield a header, and *rows* in their order, a line each; *reason_words* are the labels of the reasons."""
    yield HEADER
    for row in rows:
        yield _line(row, reason_words)


def _line(row: InspectedRating, reason_words: Mapping[str, str]) -> tuple[object, ...]:
    answers = read_answers(row.answers)
    reasons = "; ".join(reason_words[each] for each in answers.get(REASONS, ()))
    said = LEVELS[Level(int(answers[LEVEL][0]))]
    days = (f"{day:%d/%m/%Y}" for day in (row.first, row.last))
    return (row.number, row.name, *days, CHANNEL[Channel(row.channel)], said, reasons, CLASS[row.rating_class])
