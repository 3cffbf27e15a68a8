"""From a one-stop system's list to dossiers, with every problem of a row that a person should see."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from core.sheets.cells import Cell, quoted, text_of
from core.sheets.columns import Line
from core.sheets.datetimes import read_moments
from core.sheets.grids import Grid
from core.sheets.report import IssueSeverity, RowIssue
from core.translation import gettext
from core.values.text import N_, clean, search_key
from core.values.week import local_date
from survey.dossier.files.columns import COLUMNS
from survey.dossier.labels import DOSSIER_CHANNEL
from survey.dossier.models import LONGEST_PROCEDURE
from survey.dossier.rules.channels import DossierChannel
from survey.dossier.rules.numbers import LONGEST, DossierNumber, read_dossier_number

DAYS = ("received", "due", "returned")
_TITLES = {column.name: column.title for column in COLUMNS}
_CHANNELS = {
    **{search_key(DOSSIER_CHANNEL[each]): each for each in DossierChannel},
    "tai bo phan mot cua": DossierChannel.COUNTER,
    "tai quay": DossierChannel.COUNTER,
    "mot cua": DossierChannel.COUNTER,
    "nop truc tiep": DossierChannel.COUNTER,
    "nop truc tuyen": DossierChannel.ONLINE,
    "online": DossierChannel.ONLINE,
    "qua mang": DossierChannel.ONLINE,
    "cong dich vu cong": DossierChannel.ONLINE,
    "dvc": DossierChannel.ONLINE,
    "cong dich vu cong quoc gia": DossierChannel.ONLINE,
    "buu dien": DossierChannel.POST,
    "qua buu dien": DossierChannel.POST,
    "qua buu chinh": DossierChannel.POST,
    "dich vu buu chinh": DossierChannel.POST,
    "buu chinh cong ich": DossierChannel.POST,
    "dich vu buu chinh cong ich": DossierChannel.POST,
    "qua dich vu buu chinh cong ich": DossierChannel.POST,
    "bcci": DossierChannel.POST,
}
_PERSONAL = (
    "ho ten",
    "ho va ten",
    "dien thoai",
    "sdt",
    "dia chi",
    "cccd",
    "cmnd",
    "can cuoc",
    "nguoi nop",
    "chu ho so",
    "email",
    "thu dien tu",
    "ngay sinh",
    "to chuc, ca nhan",
)

_NO_NUMBER = N_("cột %(title)s: chưa ghi số hồ sơ.")
_LONG_NUMBER = N_("cột %(title)s: số hồ sơ %(cell)s dài quá %(n)s chữ; xin ghi lại.")
_TWICE = N_("cột %(title)s: số hồ sơ %(cell)s trùng với dòng %(row)s; mỗi hồ sơ chỉ được có một dòng.")
_NO_DAY = N_("cột %(title)s: chưa ghi ngày.")
_BAD_DAY = N_("cột %(title)s: không đọc được ngày %(cell)s; xin ghi ngày/tháng/năm.")
_FUTURE = N_("cột %(title)s: ngày %(day)s sau hôm nay; ngày và tháng có bị đổi chỗ không?")
_BEFORE = N_("cột %(title)s: ngày %(day)s trước ngày tiếp nhận %(received)s; xin xem lại cả hai ngày.")
_TURNED = N_(
    "cột %(title)s: ngày %(day)s, nhưng số hồ sơ %(cell)s ghi ngày %(said)s: ngày và tháng bị đổi chỗ; xin ghi lại."
)
_OTHER_DAY = N_("cột %(title)s: ngày %(day)s, nhưng số hồ sơ %(cell)s ghi ngày %(said)s; vẫn nhập, hãy xem lại.")
_BAD_CHANNEL = N_("cột %(title)s: không hiểu %(cell)s; xin ghi Trực tiếp, Trực tuyến hoặc Bưu chính.")
_LONG_PROCEDURE = N_("cột %(title)s: tên thủ tục dài quá %(n)s chữ; xin ghi gọn lại.")
_NO_DUE = N_("cột %(title)s: chưa ghi ngày hẹn trả; vẫn nhập, không tính vào tỷ lệ đúng hạn.")
_NO_DUE_COLUMN = N_("Bảng không có cột Ngày hẹn trả: các hồ sơ này không tính vào tỷ lệ đúng hạn.")
_NO_RETURNED_COLUMN = N_("Bảng không có cột Ngày trả kết quả: mọi hồ sơ mới được coi là đang giải quyết.")
_NOT_KEPT = N_("Không đọc, không lưu các cột nói về người nộp: %(titles)s.")


@dataclass(frozen=True, slots=True)
class SheetDossier:
    """A dossier as a row gives it; `due`, `returned` are None where the row leaves them blank."""

    row: int
    text: str
    number: DossierNumber
    procedure: str
    channel: DossierChannel
    received: date
    due: date | None
    returned: date | None


@dataclass(frozen=True)
class DossierList:
    """A list as read: its sound rows, the number of all rows, the issues, the notes, and which columns it has."""

    dossiers: Sequence[SheetDossier]
    total: int
    issues: Sequence[RowIssue]
    notes: Sequence[str]
    columns: frozenset[str]


def read_dossiers(grid: Grid, places: Mapping[str, int], today: date) -> DossierList:
    """Return the dossiers of a list; a row with an error is left out, and all of its errors are named."""
    lines = grid.lines(places)
    days, notes = _days_of(lines)
    found, issues = list[SheetDossier](), list[RowIssue]()
    first: dict[str, int] = {}
    for line, read in zip(lines, days, strict=True):
        number = read_dossier_number(clean(line.text("number")))
        dates = dict(zip(DAYS, read, strict=True))
        errors = [*_number_errors(line, number, first), *_day_errors(line, number, dates, today), *_word_errors(line)]
        first.setdefault(number.key, line.number)
        issues += [RowIssue(line.number, text, IssueSeverity.ERROR) for text in errors]
        if not errors and (received := dates["received"]):
            found.append(_dossier(line, number, received, dates))
            issues += [RowIssue(line.number, text, IssueSeverity.WARNING) for text in _warnings(found[-1], places)]
    return DossierList(found, len(lines), issues, [*notes, *_missing(places), *_not_kept(grid)], frozenset(places))


def _days_of(lines: Sequence[Line]) -> tuple[list[tuple[date | None, ...]], list[str]]:
    """Return the three days of each line, and notes; whether the month comes first is decided over all days at once, so
    that one column is never read otherwise than its neighbour.
    """
    cells: list[Cell] = [line.cells.get(name) for name in DAYS for line in lines]
    moments, notes = read_moments(cells)
    each = [None if moment is None else local_date(datetime.fromtimestamp(moment / 1000, UTC)) for moment in moments]
    n = len(lines)
    return list(zip(each[:n], each[n : 2 * n], each[2 * n :], strict=True)), notes


def _title(name: str) -> str:
    title = _TITLES[name]
    return gettext(title)


def _number_errors(line: Line, number: DossierNumber, first: Mapping[str, int]) -> Iterator[str]:
    title, cell = _title("number"), quoted(line.text("number"))
    if not number.key:
        yield gettext(_NO_NUMBER, title=title)
    elif len(line.text("number")) > LONGEST:
        yield gettext(_LONG_NUMBER, title=title, cell=cell, n=LONGEST)
    elif number.key in first:
        yield gettext(_TWICE, title=title, cell=cell, row=first[number.key])


def _day_errors(line: Line, number: DossierNumber, days: Mapping[str, date | None], today: date) -> Iterator[str]:
    received = days["received"]
    for name in DAYS:
        title, day = _title(name), days[name]
        if day is None and line.text(name):
            yield gettext(_BAD_DAY, title=title, cell=quoted(line.cells[name]))
        elif day is None and name == "received":
            yield gettext(_NO_DAY, title=title)
        elif day is not None and name != "due" and day > today:
            yield gettext(_FUTURE, title=title, day=f"{day:%d/%m/%Y}")
        elif day is not None and received is not None and day < received:
            yield gettext(_BEFORE, title=title, day=f"{day:%d/%m/%Y}", received=f"{received:%d/%m/%Y}")
    said = _day_in(number)
    if said and received and received != said and (received.month, received.day) == (said.day, said.month):
        yield _beside_number(_TURNED, line.text("number"), received, said)


def _word_errors(line: Line) -> Iterator[str]:
    if line.text("channel") and search_key(line.text("channel")) not in _CHANNELS:
        yield gettext(_BAD_CHANNEL, title=_title("channel"), cell=quoted(line.text("channel")))
    if len(clean(line.text("procedure"))) > LONGEST_PROCEDURE:
        yield gettext(_LONG_PROCEDURE, title=_title("procedure"), n=LONGEST_PROCEDURE)


def _dossier(line: Line, number: DossierNumber, received: date, days: Mapping[str, date | None]) -> SheetDossier:
    channel = _CHANNELS.get(search_key(line.text("channel")), DossierChannel.UNKNOWN)
    text, procedure = clean(line.text("number")), clean(line.text("procedure"))
    return SheetDossier(line.number, text, number, procedure, channel, received, days["due"], days["returned"])


def _warnings(each: SheetDossier, places: Mapping[str, int]) -> Iterator[str]:
    if each.due is None and "due" in places:
        yield gettext(_NO_DUE, title=_title("due"))
    said = _day_in(each.number)
    if said and said != each.received:
        yield _beside_number(_OTHER_DAY, each.text, each.received, said)


def _beside_number(sentence: str, number: str, received: date, said: date) -> str:
    title = _title("received")
    return gettext(sentence, title=title, day=f"{received:%d/%m/%Y}", cell=quoted(number), said=f"{said:%d/%m/%Y}")


def _day_in(number: DossierNumber) -> date | None:
    """Return the day that a number of the national form holds; None if it holds none."""
    if not number.agency:
        return None
    try:
        return datetime.strptime(number.key.split("-")[1], "%y%m%d").replace(tzinfo=UTC).date()
    except ValueError:
        return None


def _missing(places: Mapping[str, int]) -> Iterator[str]:
    if "due" not in places:
        yield gettext(_NO_DUE_COLUMN)
    if "returned" not in places:
        yield gettext(_NO_RETURNED_COLUMN)


def _not_kept(grid: Grid) -> Iterable[str]:
    """Return a note on the columns about people, which are not read."""
    read = set(grid.places.values())
    titles = [
        text_of(title)
        for place, title in enumerate(grid.header)
        if place not in read and any(word in search_key(title) for word in _PERSONAL)
    ]
    return [gettext(_NOT_KEPT, titles=", ".join(map(quoted, titles)))] if titles else []
