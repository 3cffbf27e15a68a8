"""The dry run of an import: its effect row by row, shown before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_, clean

SHOWN = 20
"""The number of findings that a terminal prints; a page shows more, and the downloaded report all."""

_ROW = N_("Dòng %(row)s: %(text)s")
_MORE = N_("… và %(count)s dòng nữa.")
_READ = N_("Đã đọc %(count)s dòng.")
_NEW = N_("Sẽ nhập: %(count)s.")
_KNOWN = N_("Đã nhập từ trước, bỏ qua: %(count)s.")
_ERRORS = N_("Dòng có lỗi: %(count)s.")
_DOUBT = N_("“%(spelled)s” (%(count)s dòng, đầu tiên là dòng %(row)s): %(candidates)s")
_DOUBT_ONE = N_("“%(spelled)s” (1 dòng: dòng %(row)s): %(candidates)s")
_NONE = N_("không thấy đơn vị nào giống")
_WRONG, _LOOK, _DECIDE = N_("LỖI"), N_("NÊN XEM LẠI"), N_("CÁCH GHI ĐƠN VỊ CẦN XÁC ĐỊNH")
_WILL_DO = N_("SẼ LÀM")


class IssueSeverity(StrEnum):
    """The effect of an issue on its row."""

    ERROR = "error"
    """The row is not imported."""
    WARNING = "warning"
    """The row is imported and should be checked."""
    CHANGE = "change"
    """No problem: the change that the row makes."""


@dataclass(frozen=True, order=True)
class RowIssue:
    """An issue of one row of the sheet, with its remedy, in plain Vietnamese."""

    row: int
    text: str
    severity: IssueSeverity


@dataclass(frozen=True)
class Candidate:
    """A unit that may be meant, with its parent and era to distinguish it."""

    id: int
    name: str
    about: str


@dataclass(frozen=True)
class Doubt:
    """A spelling that names no unit for certain, its number of rows, and the units that it may mean, likeliest first;
    with
    the choice remembered from another sheet.
    """

    key: str
    spelled: str
    rows: int
    first: int
    candidates: tuple[Candidate, ...]
    remembered: int | None = None


@dataclass(frozen=True)
class ImportReport:
    """A dry run. `total` is the number of rows read as entries, `new` of those to import, `known` of those imported
    before;
    `issues` are about single rows, `notes` about the whole file.
    """

    total: int
    new: int
    known: int
    issues: Sequence[RowIssue] = ()
    notes: Sequence[str] = ()
    doubts: Sequence[Doubt] = ()

    @property
    def errors(self) -> list[RowIssue]:
        """Return the issues that keep their row out, in the order of the sheet."""
        return self._of(IssueSeverity.ERROR)

    @property
    def warnings(self) -> list[RowIssue]:
        """Return the issues of imported rows to check, in the order of the sheet."""
        return self._of(IssueSeverity.WARNING)

    @property
    def changes(self) -> list[RowIssue]:
        """Return the changes of single rows, in the order of the sheet."""
        return self._of(IssueSeverity.CHANGE)

    def _of(self, severity: IssueSeverity) -> list[RowIssue]:
        return sorted(each for each in self.issues if each.severity is severity)

    @property
    def counts(self) -> dict[str, int]:
        """Return the numbers that the audit trail records of an import."""
        return {"new": self.new, "known": self.known, "left_out": len(self.errors)}

    @property
    def is_decided(self) -> bool:
        """Whether there are no doubts; undecided units refuse an import."""
        return not self.doubts


def to_lines(report: ImportReport, shown: int = SHOWN) -> Iterator[str]:
    """Yield *report* as lines for a terminal, without unprintable characters."""
    yield clean(f"{gettext(_READ, count=thousands(report.total))} {gettext(_NEW, count=thousands(report.new))}")
    if report.known:
        yield gettext(_KNOWN, count=thousands(report.known))
    if report.errors:
        yield gettext(_ERRORS, count=thousands(len(report.errors)))
    yield from (clean(note) for note in report.notes)
    yield from _section(_DECIDE, [_doubt(doubt) for doubt in report.doubts], shown)
    yield from _section(_WRONG, [_row(issue) for issue in report.errors], shown)
    yield from _section(_LOOK, [_row(issue) for issue in report.warnings], shown)
    yield from _section(_WILL_DO, [_row(issue) for issue in report.changes], shown)


def _section(title: str, lines: Sequence[str], shown: int) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield title
    yield from (clean(line) for line in lines[:shown])
    if len(lines) > shown:
        yield gettext(_MORE, count=thousands(len(lines) - shown))


def _row(issue: RowIssue) -> str:
    return gettext(_ROW, row=issue.row, text=issue.text)


def _doubt(doubt: Doubt) -> str:
    candidates = "; ".join(f"{each.id} = {each.name} ({each.about})" for each in doubt.candidates) or _NONE
    text = _DOUBT_ONE if doubt.rows == 1 else _DOUBT
    return gettext(text, spelled=doubt.spelled, count=thousands(doubt.rows), row=doubt.first, candidates=candidates)
