"""The content of an office's sheet of a quarter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.pdf.blocks import PrintedLogo
from survey.figures.rules.scorecard import Scorecard


@dataclass(frozen=True)
class NamedReason:
    """A reason and how many ratings ticked it, at least five."""

    name: str
    count: int


@dataclass(frozen=True)
class ReasonGroup:
    """The reasons of the satisfied or of the dissatisfied, the most frequent first, of *n* ratings that gave any.

    Reasons that fewer than five gave are left out; a group without any says so.
    """

    is_satisfied: bool
    n: int
    reasons: Sequence[NamedReason]


@dataclass(frozen=True)
class CounterLine:
    """A counter with its figures; *field* is what it is for."""

    name: str
    card: Scorecard
    field: str = ""


@dataclass(frozen=True)
class QuarterSheet:
    """The content of a sheet; what is empty or None is left out.

    Attributes:
        period: the quarter in words.
        finding: the title.
        remark: a second sentence of it.
        since: the first day of the ratings; *until*: the last one.
        updated_on: the day on which the figures were brought up to date.
        reference: the share of the province in the quarter, and its *level* in words.
        counters: those with figures, the least satisfied first.
        url: the address in the code, of the public page.
    """

    office: str
    host: str
    period: str
    finding: str
    card: Scorecard
    since: date
    until: date
    updated_on: date
    url: str
    typed_address: str
    remark: str = ""
    reasons: Sequence[ReasonGroup] = ()
    reference: float | None = None
    level: str = ""
    counters: Sequence[CounterLine] = ()
    hotline: str = ""
    logo: PrintedLogo | None = None
    is_illustrative: bool = False
