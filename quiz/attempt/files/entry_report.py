"""A planned import in words: what comes in, what does not and why, which spellings a person has to decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from commune.models import Unit
from commune.queries.units import parents_of
from core.sheets.report import Candidate, Doubt, ImportReport, RowFinding
from core.values.dates import day, moment
from core.values.numbers import clock_text, thousands
from core.values.text import N_
from quiz.attempt.files.entries import Entries
from quiz.attempt.operations.importing import Doubtful, Plan
from quiz.attempt.rules.sheet_turns import Found, RowIssue
from quiz.attempt.rules.unit_match import Former
from quiz.contest.models import Round

_SAID: dict[RowIssue, str] = {
    RowIssue.EARLY: N_(
        "nộp trước khi tuần thi mở ({opens}); không tính lượt. Xem lại thời điểm, hoặc tuần của dòng này."
    ),
    RowIssue.LATE: N_(
        "nộp từ lúc tuần thi đóng ({closes}) trở đi; không tính lượt. "
        "Xem lại thời điểm nộp, hoặc bài này thuộc tuần khác."
    ),
    RowIssue.FUTURE: N_("thời điểm nộp bài chưa tới; không tính lượt. Xem lại ngày tháng."),
    RowIssue.NO_UNIT: N_("chưa ghi đơn vị dự thi; không tính lượt. Ghi đơn vị vào dòng này."),
    RowIssue.NOT_A_UNIT: N_("đơn vị này không dự thi; không tính lượt."),
    RowIssue.TOO_MANY: N_("đã dự thi ở dòng {fact}; quá {tries} lượt cho phép, không tính lượt."),
    RowIssue.TRIED: N_("người này đã dùng hết {tries} lượt của tuần trên hệ thống; không tính lượt."),
    RowIssue.PHONE_FULL: N_("số điện thoại này đã đủ {fact} người dự thi; không tính lượt. Xem lại số điện thoại."),
    RowIssue.OTHER_UNIT: N_("người này đã dự thi cho {unit}; lượt này vẫn tính cho {unit}."),
    RowIssue.SAME_MOMENT: N_(
        "người này đã có một lượt nộp đúng lúc đó; nếu dòng này chỉ là bản sửa thì xóa đi, kẻo tính hai lượt."
    ),
    RowIssue.SLOW: N_("làm bài lâu hơn {limit} cho phép; vẫn tính lượt."),
    RowIssue.FAST: N_("làm bài chỉ {fact} giây cho {size} câu: xem lại cột thời gian ghi phút hay giây."),
    RowIssue.LOOKALIKE: N_("cùng số điện thoại và họ tên gần giống dòng {fact}; đang tính là người khác."),
    RowIssue.YOUNG: N_("chưa đủ {fact} tuổi theo năm sinh đã ghi; vẫn tính lượt, hãy xem lại."),
}
_BECAME, _BECAME_IN_PART = N_(", nay gồm {old} cũ"), N_(", nay gồm một phần {old} cũ")
_UNDATED = N_(
    "{count} lượt không ghi thời điểm nộp bài (đầu tiên là dòng {row}): coi như nộp ngay trước giờ đóng, xếp sau mọi "
    "bài có ghi thời điểm."
)


def make_report(round: Round, entries: Entries, plan: Plan, units: Mapping[int, Unit]) -> ImportReport:
    """The dry run of *plan*; *units* are those that may enter, by id."""
    sheet, say = entries.sheet, _Speaker(round, units)
    errors = [RowFinding(*error) for error in sheet.errors] + [say.finding(fault) for fault in plan.faults]
    kept_out = {error.row for error in errors}
    looks = [RowFinding(*look) for look in sheet.warnings if look[0] not in kept_out]
    looks += [
        say.finding(look) for look in plan.looks if look.row not in kept_out and look.fault is not RowIssue.UNDATED
    ]
    return ImportReport(
        total=len(sheet.turns) + len(sheet.errors), new=plan.new, known=plan.known, errors=sorted(errors),
        warnings=sorted(looks), notes=[*sheet.notes, *_undated(plan, kept_out)],
        doubts=spoken_doubts(round, plan.doubts, units),
    )  # fmt: skip


def spoken_doubts(round: Round, doubts: Sequence[Doubtful], units: Mapping[int, Unit]) -> list[Doubt]:
    """Doubts with the units that each may mean."""
    return [_Speaker(round, units).doubt(doubt) for doubt in doubts]


def about(unit: Unit) -> str:
    """What tells a unit from others of its name: what it lies in, and until or since when it is there.

    >>> from datetime import date
    >>> district = Unit(name="huyện Lâm Bình")
    >>> about(Unit(name="xã Xuân Lập", parent=district, valid_from=date(2011, 1, 28), valid_to=date(2025, 7, 1)))
    'huyện Lâm Bình, đến hết 30/06/2025'
    """
    above = [each.name for each in parents_of(unit)]
    era = (
        N_("đến hết {day}").format(day=day(unit.valid_to - timedelta(days=1)))
        if unit.valid_to
        else N_("từ {day}").format(day=day(unit.valid_from))
    )
    return ", ".join([*above, era])


def candidate(unit: Unit, former: Former | None = None) -> Candidate:
    """A unit as it is offered for a doubtful spelling, with the one of that name that became it."""
    became = _BECAME_IN_PART if former and former.is_split else _BECAME
    return Candidate(unit.id, unit.name, about(unit) + (became.format(old=former.names[0]) if former else ""))


class _Speaker:
    """Puts faults and doubts of a round into words."""

    def __init__(self, round: Round, units: Mapping[int, Unit]) -> None:
        self.units = units
        self.words = {
            "opens": moment(round.opens_at), "closes": moment(round.closes_at),
            "limit": clock_text(round.limit_seconds), "tries": round.declared.tries, "size": len(round.questions),
        }  # fmt: skip

    def finding(self, found: Found) -> RowFinding:
        unit = self.units.get(found.fact) if isinstance(found.fact, int) else None
        words = self.words | {"fact": found.fact, "unit": unit.name if unit else ""}
        return RowFinding(found.row, _SAID[found.fault].format(**words))

    def doubt(self, doubt: Doubtful) -> Doubt:
        units = [self.units[id] for id in doubt.candidates if id in self.units]
        offered = tuple(candidate(unit, doubt.former.get(unit.id)) for unit in units)
        return Doubt(doubt.key, doubt.spelled, doubt.rows, doubt.first, offered, doubt.remembered)


def _undated(plan: Plan, kept_out: set[int]) -> list[str]:
    """One note for all that say no moment: there may be as many as rows."""
    rows = [look.row for look in plan.looks if look.fault is RowIssue.UNDATED and look.row not in kept_out]
    return [_UNDATED.format(count=thousands(len(rows)), row=min(rows))] if rows else []
