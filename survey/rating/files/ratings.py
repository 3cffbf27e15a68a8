"""From an office's sheet to ratings of one counter, with all problems that a person should check."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

from core.importing.rows import RowError
from core.sheets.cells import quoted
from core.sheets.columns import Line
from core.sheets.datetimes import far_from_others, read_moments
from core.sheets.grids import Grid
from core.sheets.handed_in import HandIns
from core.sheets.remarks import Remarks
from core.sheets.report import IssueSeverity, RowIssue
from core.translation import gettext
from core.values.text import N_, clean, fold, search_key
from core.values.week import local_date
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVELS, LONGEST_COMMENT, REASON_WORDS
from survey.rating.files.asides import other_counters, same_numbers, unread_periods
from survey.rating.files.columns import IMPORTED
from survey.rating.files.scales import check_counts, check_scale, is_turned
from survey.rating.labels import CHANNEL
from survey.rating.operations.record import Opinion
from survey.rating.rules.channels import Channel
from survey.rating.rules.privacy import hide_personal

_NUMBER = re.compile(r"([1-5])(?:[.,]0+)?(?: ?(?:/ ?5|sao|diem|stars?))?")
_NUMBERED = re.compile(r"[1-5] ?[-–.:)] ?(?=\D)")
_FORM_NUMBER = re.compile(r"(?:(?:ma |so )?phieu(?: so)?|so|no|stt|#)?[ .:]*0*(\d+)")
_STARS = re.compile("(★{1,5})☆{0,4}|(⭐{1,5})")
_BETWEEN = re.compile(r"[;,\n|]+")
_LEVELS = {search_key(LEVELS[level]): level for level in Level} | {
    "chua hai long": Level.DISSATISFIED, "rat chua hai long": Level.VERY_DISSATISFIED, "tot": Level.SATISFIED,
    "rat tot": Level.VERY_SATISFIED, "kem": Level.VERY_DISSATISFIED, "trung binh": Level.NEUTRAL,
    "tam duoc": Level.NEUTRAL, "rhl": Level.VERY_SATISFIED, "hl": Level.SATISFIED, "bt": Level.NEUTRAL,
    "khl": Level.DISSATISFIED, "rkhl": Level.VERY_DISSATISFIED, "rat hl": Level.VERY_SATISFIED,
    "khong hl": Level.DISSATISFIED, "rat khong hl": Level.VERY_DISSATISFIED,
}  # fmt: skip
_CHANNELS = (
    {search_key(CHANNEL[channel]): channel for channel in Channel}
    | {channel.value: channel for channel in Channel}
    | {
        "phieu": Channel.PAPER,
        "giay": Channel.PAPER,
        "dien thoai": Channel.PHONE,
        "goi dien": Channel.PHONE,
        "phong van": Channel.PHONE,
        "may danh gia": Channel.KIOSK,
    }
)

_UNFINISHED = N_("phiếu chưa gửi (phiếu khác có ghi đã gửi, dòng này thì không); không nhập.")
_NO_LEVEL = N_("chưa ghi mức độ hài lòng; xin ghi một trong năm mức.")
_BAD_LEVEL = N_("không hiểu mức %(cell)s; xin ghi một trong năm mức, hoặc số từ 1 đến 5.")
_NO_DAY = N_("chưa ghi ngày đánh giá; xin ghi ngày, hoặc chọn một ngày cho các phiếu không ghi ngày.")
_BAD_DAY = N_("không đọc được ngày %(cell)s; xin ghi như 05/06/2026.")
_FAR = N_("ngày %(cell)s cách xa ngày của các phiếu khác; hãy xem lại năm.")
_AHEAD = N_("ngày %(day)s chưa đến; xin xem lại.")
_BAD_CHANNEL = N_("không hiểu kênh %(cell)s; xin chọn trong danh sách của mẫu.")
_CLAIMED = N_("kênh “%(channel)s” không nhập được từ bảng tính: chỉ hệ thống tự ghi nhận kênh này.")
_LONG = N_("góp ý dài quá %(most)s chữ; xin rút ngắn.")
_UNKNOWN_REASON = N_("không hiểu điều muốn nói tới %(cell)s; bỏ qua phần này.")
_HIDDEN = N_("góp ý có số điện thoại, số căn cước hoặc thư điện tử; đã được ẩn đi.")
_BARE = N_("Mức ghi bằng số được đọc: 5 là rất hài lòng, 1 là rất không hài lòng.")
_TURNED = N_("Mức ghi bằng số được đọc theo tiêu đề của bảng: 1 là rất hài lòng, 5 là rất không hài lòng.")


@dataclass(frozen=True)
class SheetRating:
    """A rating that a sheet holds."""

    row: int
    day: date
    channel: Channel
    opinion: Opinion
    number: str
    batch: str = ""

    @property
    def line(self) -> list[object]:
        """Return the values that equal ratings share in any spelling: form 01 is Phiếu 1, but A-1 is not B-1."""
        reasons = sorted(self.opinion.reasons)
        number = _FORM_NUMBER.fullmatch(search_key(self.number))
        return [
            number[1] if number else search_key(self.number), self.day.isoformat(), self.channel.value,
            int(self.opinion.level), reasons, search_key(self.opinion.comment), *([self.batch] if self.batch else []),
        ]  # fmt: skip


@dataclass
class Ratings:
    """The content of a sheet: ratings and issues."""

    total: int = 0
    ratings: list[SheetRating] = field(default_factory=list)
    issues: list[RowIssue] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Defaults:
    """The channel and day of rows without their own, and the counter of the sheet."""

    counter: int
    today: date
    channel: Channel = Channel.PAPER
    day: date | None = None
    batch: str = ""
    """Distinguishes forms from equal ones of an earlier sheet; if empty, equal rows are the same form."""
    is_turned: bool = False
    """Whether a bare 1 is the best level."""


def read_ratings(grid: Grid, places: dict[str, int], defaults: Defaults) -> Ratings:
    """Return the ratings in *grid* with the columns in *places*; a bad row is an error.

    Raises:
        SheetError: the numbers are of another scale, or each row counts several forms.
    """
    check_counts(grid, places)
    check_scale(grid, places.get("level"))
    lines = grid.lines(places)
    moments, notes = read_moments([line.cells.get("when") for line in lines])
    found = Ratings(total=len(lines), notes=notes if "when" in places else [])
    found.issues += [_far(lines[at]) for at in far_from_others(moments)] + _remarks(grid, places)
    found.notes += unread_periods(grid, places)
    elsewhere = other_counters(grid, places, defaults.counter)
    turned = is_turned(grid, places.get("level"))
    defaults = replace(defaults, is_turned=turned)
    hand_ins = HandIns(grid.header)
    unfinished = hand_ins.unfinished({number for number, _ in hand_ins.watch(grid.rows)})
    for line, moment in zip(lines, moments, strict=True):
        try:
            if line.number in unfinished:
                raise RowError(gettext(_UNFINISHED))
            if line.number in elsewhere:
                raise RowError(elsewhere[line.number])
            found.ratings.append(_rating(line, moment, defaults, found))
        except RowError as wrong:
            found.issues.append(RowIssue(line.number, str(wrong), IssueSeverity.ERROR))
    repeated = same_numbers((each.row, each.number, each.day) for each in found.ratings)
    found.issues += [RowIssue(row, text, IssueSeverity.WARNING) for row, text in repeated]
    if any(_NUMBER.fullmatch(_plain(line.text("level"))) for line in lines):
        found.notes.append(gettext(_TURNED if turned else _BARE))
    return found


def _remarks(grid: Grid, places: dict[str, int]) -> list[RowIssue]:
    """Return a warning for each row of which the sheet remarks that it is void."""
    remarks = Remarks(grid.header, places.values())
    for number, row in grid.rows:
        remarks.read(number, row)
    return [RowIssue(number, text, IssueSeverity.WARNING) for number, text in remarks.problems]


def _far(line: Line) -> RowIssue:
    return RowIssue(line.number, gettext(_FAR, cell=quoted(line.cells.get("when"))), IssueSeverity.WARNING)


def read_level(text: str, *, is_turned: bool = False) -> Level | None:
    """Read a level; None if the text is none. On a turned scale a bare 1 is the best level.

    >>> read_level("5 - Rất hài lòng"), read_level("４"), read_level("6")
    (<Level.VERY_SATISFIED: 5>, <Level.SATISFIED: 4>, None)
    """
    plain = _plain(text)
    number = _NUMBER.fullmatch(plain)
    if number:
        return Level(6 - int(number[1]) if is_turned and plain[-1].isdigit() else int(number[1]))
    stars = _STARS.fullmatch(text)
    if stars:
        return Level(len(stars[1] or stars[2]))
    return _LEVELS.get(_NUMBERED.sub("", plain).strip())


def _plain(text: str) -> str:
    return search_key(text).strip(" .")


def _rating(line: Line, moment: int | None, defaults: Defaults, found: Ratings) -> SheetRating:
    level = read_level(line.text("level"), is_turned=defaults.is_turned)
    if level is None:
        bad = gettext(_BAD_LEVEL, cell=quoted(line.cells.get("level")))
        raise RowError(bad if line.text("level") else gettext(_NO_LEVEL))
    day = _day(line, moment, defaults)
    channel = _channel(line, defaults.channel)
    comment = hide_personal(line.text("comment"))
    if len(comment) > LONGEST_COMMENT:
        raise RowError(gettext(_LONG, most=LONGEST_COMMENT))
    if comment != line.text("comment"):
        found.issues.append(RowIssue(line.number, gettext(_HIDDEN), IssueSeverity.WARNING))
    reasons, strange = read_reasons(line.text("reasons"))
    if strange:
        found.issues.append(
            RowIssue(line.number, gettext(_UNKNOWN_REASON, cell=quoted(strange)), IssueSeverity.WARNING)
        )
    opinion = Opinion(level, reasons, comment)
    return SheetRating(line.number, day, channel, opinion, line.text("number"), defaults.batch)


def _day(line: Line, moment: int | None, defaults: Defaults) -> date:
    if moment is None:
        if line.text("when"):
            raise RowError(gettext(_BAD_DAY, cell=quoted(line.cells.get("when"))))
        if defaults.day is None:
            raise RowError(gettext(_NO_DAY))
        return defaults.day
    day = local_date(datetime.fromtimestamp(moment / 1000, UTC))
    if day > defaults.today:
        raise RowError(gettext(_AHEAD, day=f"{day:%d/%m/%Y}"))
    return day


def _channel(line: Line, default: Channel) -> Channel:
    said = line.text("channel")
    channel = _CHANNELS.get(search_key(said)) if said else default
    if channel is None:
        raise RowError(gettext(_BAD_CHANNEL, cell=quoted(said)))
    if channel not in IMPORTED:
        raise RowError(gettext(_CLAIMED, channel=CHANNEL[channel]))
    return channel


def read_reasons(text: str) -> tuple[list[str], str]:
    """Return the reasons that a cell names, and the rest of the text that names none.

    >>> read_reasons("Thái độ phục vụ, Phí, lệ phí và biên lai; khác")
    (['attitude', 'cost'], 'khác')
    """
    rest, found = fold(text), []
    for reason in sorted(REASON_WORDS, key=lambda reason: -len(REASON_WORDS[reason])):
        label = fold(REASON_WORDS[reason])
        if label in rest:
            found.append(reason)
            rest = rest.replace(label, ";")
    order = list(REASON_WORDS)
    return sorted(found, key=order.index), clean(", ".join(_parts(rest)))


def _parts(rest: str) -> Iterator[str]:
    return (part.strip() for part in _BETWEEN.split(rest) if part.strip())
