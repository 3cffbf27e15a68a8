"""The dry run of an import: its effect row by row, shown before anything is stored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.values.numbers import thousands
from core.values.text import N_, clean

SHOWN = 20
"""The most findings that a terminal prints; a page shows more, and the downloaded report all."""

_ROW = N_("Dòng {row}: {text}")
_MORE = N_("… và {count} dòng nữa.")
_READ = N_("Đã đọc {count} dòng.")
_NEW = N_("Sẽ nhập: {count}.")
_KNOWN = N_("Đã nhập từ trước, bỏ qua: {count}.")
_ERRORS = N_("Dòng có lỗi: {count}.")
_DOUBT = N_("“{spelled}” ({count} dòng, đầu tiên là dòng {row}): {candidates}")
_DOUBT_ONE = N_("“{spelled}” (1 dòng: dòng {row}): {candidates}")
_NONE = N_("không thấy đơn vị nào giống")
_WRONG, _LOOK, _DECIDE = N_("LỖI"), N_("NÊN XEM LẠI"), N_("CÁCH GHI ĐƠN VỊ CẦN XÁC ĐỊNH")


@dataclass(frozen=True, order=True)
class RowFinding:
    """A finding about one row of the sheet: the problem and the remedy, in plain Vietnamese."""

    row: int
    text: str


@dataclass(frozen=True)
class Candidate:
    """A unit that may be meant, with its parent and era to distinguish it."""

    id: int
    name: str
    about: str


@dataclass(frozen=True)
class Doubt:
    """A spelling that matches no unit for certain: how often it occurs, and the candidates, likeliest first.

    `remembered` is the choice made for an earlier sheet.
    """

    key: str
    spelled: str
    rows: int
    first: int
    candidates: tuple[Candidate, ...]
    remembered: int | None = None


@dataclass(frozen=True)
class ImportReport:
    """A dry run: `total` rows were read as entries, `new` would be imported, `known` were imported before.

    `errors` keep their row out, `warnings` do not; `notes` are about the whole file.
    """

    total: int
    new: int
    known: int
    errors: Sequence[RowFinding] = field(default_factory=tuple)
    warnings: Sequence[RowFinding] = field(default_factory=tuple)
    notes: Sequence[str] = field(default_factory=tuple)
    doubts: Sequence[Doubt] = field(default_factory=tuple)

    @property
    def is_decided(self) -> bool:
        """Whether every unit is decided; an import with undecided units is refused."""
        return not self.doubts


def to_lines(report: ImportReport, shown: int = SHOWN) -> Iterator[str]:
    """Yield *report* as lines for a terminal, without unprintable characters."""
    yield clean(f"{_READ.format(count=thousands(report.total))} {_NEW.format(count=thousands(report.new))}")
    if report.known:
        yield _KNOWN.format(count=thousands(report.known))
    if report.errors:
        yield _ERRORS.format(count=thousands(len(report.errors)))
    yield from (clean(note) for note in report.notes)
    yield from _section(_DECIDE, [_doubt(doubt) for doubt in report.doubts], shown)
    yield from _section(_WRONG, [_row(finding) for finding in sorted(report.errors)], shown)
    yield from _section(_LOOK, [_row(finding) for finding in sorted(report.warnings)], shown)


def _section(title: str, lines: Sequence[str], shown: int) -> Iterator[str]:
    if not lines:
        return
    yield ""
    yield title
    yield from (clean(line) for line in lines[:shown])
    if len(lines) > shown:
        yield _MORE.format(count=thousands(len(lines) - shown))


def _row(finding: RowFinding) -> str:
    return _ROW.format(row=finding.row, text=finding.text)


def _doubt(doubt: Doubt) -> str:
    candidates = "; ".join(f"{each.id} = {each.name} ({each.about})" for each in doubt.candidates) or _NONE
    text = _DOUBT_ONE if doubt.rows == 1 else _DOUBT
    return text.format(spelled=doubt.spelled, count=thousands(doubt.rows), row=doubt.first, candidates=candidates)
