"""The declaration of a kind of sheet by a room, so that one flow imports all kinds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.importing.errors import CannotImport
from core.importing.words import DecisionWords, ImportWords
from core.sheets.columns import SheetColumn
from core.sheets.grids import Grid, read_grid
from core.sheets.reading import Sheets
from core.sheets.report import Doubt, ImportReport
from core.sheets.template import template_xlsx
from core.values.week import local_date

T = TypeVar("T")
"""The target of an import: a counter, a round, a contest."""
S = TypeVar("S", bound="OpenedSheet")
"""The opened sheet."""
R = TypeVar("R")
"""The rows of a sheet as values."""
V = TypeVar("V")
"""The values that `plan` passes to `store`."""
Opener = Callable[[], Sheets]
"""Reads the sheets of a file from the beginning, as often as it is called."""
REPLACE = "replace"
"""The value of the option `mode` for a sheet that replaces the stored rows."""
LEFT_OUT = 0
"""A decision in place of an option's id: the spelling means none of them, and its rows are left out."""


class OpenedSheet(Protocol):
    """A sheet up to its header: its titles and the recognised meanings."""

    @property
    def header(self) -> tuple[str, ...]:
        """The titles of the columns."""

    @property
    def places(self) -> Mapping[str, int]:
        """Meaning → place of its column, from 0."""

    @property
    def notes(self) -> Sequence[str]:
        """Notes on parts that were left out or converted, once the rows have been read."""

    def samples(self) -> list[str]:
        """The first cell below each title that is not blank."""


@dataclass(frozen=True)
class Choices:
    """A person's decisions about one sheet.

    Attributes:
        places: meaning → place of its column.
        options: answers to the questions of the kind itself, as JSON values.
        decisions: key of a doubtful spelling → id of an option, or LEFT_OUT.
        skip_errors: whether rows with errors are left out; else they refuse the import.
        batch: names this upload.
    """

    places: Mapping[str, int] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    decisions: Mapping[str, int] = field(default_factory=dict)
    skip_errors: bool = False
    batch: str = ""


@dataclass(frozen=True)
class ImportContext(Generic[T]):
    """The target, the session, the time and the choices of an import."""

    session: Session
    keyring: Keyring
    target: T
    now: datetime
    choices: Choices = field(default_factory=Choices)
    on_progress: Callable[[int], None] | None = None
    """Called with the number of rows stored so far."""

    @property
    def today(self) -> date:
        """Return the date on Vietnam's calendar."""
        return local_date(self.now)


@dataclass(frozen=True)
class DecisionList:
    """The spellings to decide or confirm, and every option: id → words."""

    doubts: Sequence[Doubt] = ()
    options: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ImportPlan(Generic[V]):
    """The dry run of an import: its report, and the values to store."""

    report: ImportReport
    values: V


class SheetKind(ABC, Generic[T, S, R, V]):
    """A kind of sheet: its columns, its rows as values, its decisions, its store operation, its words.

    An instance belongs to one import; its `context` holds the target, the time and the choices.

    Attributes:
        purpose: the purpose of its drafts and remembered columns.
        job: the kind of background job that stores a large sheet.
        can_replace: whether a sheet may replace the stored rows, by the option `mode`.
        words: the texts of the pages.
        model: the class of the target; None if there is no target.
        table: the columns, if every target has the same.
        decisions: words for spellings to be decided; None if the kind has none.
    """

    purpose: ClassVar[str]
    job: ClassVar[str] = ""
    can_replace: ClassVar[bool] = False
    words: ClassVar[ImportWords]
    model: ClassVar[type[Any] | None] = None
    table: ClassVar[Sequence[SheetColumn]] = ()
    decisions: ClassVar[DecisionWords | None] = None

    def __init__(self, context: ImportContext[T]) -> None:
        self.context = context
        self.target = context.target

    @property
    def replaces(self) -> bool:
        """Whether the sheet replaces the stored rows."""
        return self.can_replace and self.context.choices.options.get("mode") == REPLACE

    @classmethod
    def find(cls, session: Session, key: int) -> T | None:
        """Return the target with that id, for the background job."""
        return session.get(cls.model, key) if cls.model else None

    def key(self) -> int:
        """Return the id of the target; 0 if there is none."""
        return int(getattr(self.target, "id", 0))

    @abstractmethod
    def unit_id(self) -> int | None:
        """Return the unit that owns drafts and remembered columns; None if nothing is remembered."""

    def facts(self) -> Mapping[str, object]:
        """Return the facts of the target that the words name."""
        return {}

    def check(self) -> None:
        """Raise CannotImport while the target takes no sheet."""

    def why_not(self, refusal: CannotImport) -> str:
        """Return the reason of *refusal* in a sentence."""
        return str(refusal)

    def columns(self) -> Sequence[SheetColumn]:
        """Return the columns that the kind understands."""
        return self.table

    def template(self, _variant: str) -> bytes:
        """Return the workbook to fill in."""
        return template_xlsx(self.columns())

    @abstractmethod
    def open(self, read: Opener) -> S:
        """Return the sheet that holds the table; raises SheetError if none does."""

    @abstractmethod
    def read(self, sheet: S) -> R:
        """Return the rows as values, each with its problems; raises SheetError if there is no table."""

    def doubts(self, _rows: R) -> DecisionList:
        """Return the spellings in the rows that are doubtful, or were decided for an earlier sheet."""
        return DecisionList()

    @abstractmethod
    def plan(self, rows: R) -> ImportPlan[V]:
        """Return the effect of the import without writing."""

    @abstractmethod
    def store(self, owner: str, plan: ImportPlan[V]) -> int:
        """Store the plan and record it as done by *owner* ("account:12", "terminal"); return the number of imported
        rows.

        Raises:
            CannotImport: the target takes no sheet any more.
            ImportRefused, ImportBusy, IntegrityError: others changed the data; nothing was stored.
        """


class GridKind(SheetKind[T, Grid, R, V]):
    """A kind of sheet whose table is recognised by its columns alone."""

    def open(self, read: Opener) -> Grid:
        """Return the sheet whose header has every required column, else the first one with rows."""
        return read_grid(read(), self.columns())
