"""The content of a contest's sheets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.pdf.blocks import PrintedLogo


@dataclass(frozen=True)
class PrintedWeek:
    """A round of a contest with its first and last day."""

    number: int
    first: date
    last: date
    name: str = ""

    @property
    def days(self) -> str:
        """Return the days in short: 16/11–22/11."""
        return f"{self.first:%d/%m}–{self.last:%d/%m}"


@dataclass(frozen=True)
class Prize:
    """A prize, how many of it each week gives, and the money of each in đồng where that is declared.

    One that *is_once* given is of the whole contest.
    """

    name: str
    quantity: int
    amount: int | None = None
    is_once: bool = False


@dataclass(frozen=True)
class ContestSheet:
    """The content of a contest's sheets. *url* goes into the code unchanged; what is empty or 0 is left out."""

    title: str
    organiser: str
    url: str
    typed_address: str
    weeks: Sequence[PrintedWeek]
    summary: str = ""
    hotline: str = ""
    youngest: int = 0
    questions: int = 0
    minutes: int = 0
    prizes: Sequence[Prize] = ()
    logo: PrintedLogo | None = None

    @property
    def is_weekly(self) -> bool:
        """Whether its rounds are weeks: none has a name of its own."""
        return not any(week.name for week in self.weeks)
