"""A planned import in words: the imported rows, the others with reasons, and the spellings to decide."""

from __future__ import annotations

from collections.abc import Mapping

from commune.files.spellings import doubts_in_words
from commune.models import Unit
from core.sheets.report import ImportReport, IssueSeverity, RowIssue
from core.translation import gettext
from core.values.dates import moment
from core.values.numbers import clock_text, thousands
from core.values.text import N_
from quiz.attempt.files.entries import Entries
from quiz.attempt.operations.importing import EntryPlan
from quiz.attempt.rules.sheet_turns import IssueKind, TurnIssue
from quiz.contest.models import Round

_SAID: dict[IssueKind, str] = {
    IssueKind.EARLY: N_(
        "nộp trước khi đợt thi mở (%(opens)s); không tính lượt. Xem lại thời điểm, hoặc đợt của dòng này."
    ),
    IssueKind.LATE: N_(
        "nộp từ lúc đợt thi đóng (%(closes)s) trở đi; không tính lượt. "
        "Xem lại thời điểm nộp, hoặc bài này thuộc đợt khác."
    ),
    IssueKind.FUTURE: N_("thời điểm nộp bài chưa tới; không tính lượt. Xem lại ngày tháng."),
    IssueKind.NO_UNIT: N_("chưa ghi đơn vị dự thi; không tính lượt. Ghi đơn vị vào dòng này."),
    IssueKind.NOT_A_UNIT: N_("đơn vị này không dự thi; không tính lượt."),
    IssueKind.NO_BLOC: N_("chưa ghi đối tượng dự thi, hoặc ghi khác các khối của cuộc thi; không tính lượt."),
    IssueKind.UNIT_NOT_YET: N_("%(unit)s vào cuộc thi từ đợt sau; không tính lượt. Xem lại đợt của dòng này."),
    IssueKind.TOO_MANY: N_("đã dự thi ở dòng %(fact)s; quá %(tries)s lượt cho phép, không tính lượt."),
    IssueKind.TRIED: N_("người này đã dùng hết %(tries)s lượt của đợt trên hệ thống; không tính lượt."),
    IssueKind.PHONE_FULL: N_("số điện thoại này đã đủ %(fact)s người dự thi; không tính lượt. Xem lại số điện thoại."),
    IssueKind.OTHER_UNIT: N_("người này đã dự thi cho %(unit)s; lượt này vẫn tính cho %(unit)s."),
    IssueKind.SAME_MOMENT: N_(
        "người này đã có một lượt nộp đúng lúc đó; nếu dòng này chỉ là bản sửa thì xóa đi, kẻo tính hai lượt."
    ),
    IssueKind.SLOW: N_("làm bài lâu hơn %(limit)s cho phép; vẫn tính lượt."),
    IssueKind.FAST: N_("làm bài chỉ %(fact)s giây cho %(size)s câu: xem lại cột thời gian ghi phút hay giây."),
    IssueKind.LOOKALIKE: N_("cùng số điện thoại và họ tên gần giống dòng %(fact)s; đang tính là người khác."),
    IssueKind.YOUNG: N_("chưa đủ %(fact)s tuổi theo năm sinh đã ghi; vẫn tính lượt, hãy xem lại."),
}
_UNDATED = N_(
    "%(count)s lượt không ghi thời điểm nộp bài (đầu tiên là dòng %(row)s): coi như nộp ngay trước giờ đóng, xếp "
    "sau mọi bài có ghi thời điểm."
)


def make_report(round: Round, entries: Entries, plan: EntryPlan, units: Mapping[int, Unit]) -> ImportReport:
    """Return the report on *plan*; *units* are those that may enter, by id."""
    sheet, say = entries.sheet, _Speaker(round, units)
    errors = [RowIssue(*error, IssueSeverity.ERROR) for error in sheet.errors]
    errors += [say.issue(each) for each in plan.errors]
    kept_out = {error.row for error in errors}
    warnings = [RowIssue(*each, IssueSeverity.WARNING) for each in sheet.warnings if each[0] not in kept_out]
    warnings += [
        say.issue(each) for each in plan.warnings if each.row not in kept_out and each.kind is not IssueKind.UNDATED
    ]
    return ImportReport(
        total=len(sheet.turns) + len(sheet.errors), new=plan.new, known=plan.known, issues=[*errors, *warnings],
        notes=[*sheet.notes, *_undated(plan, kept_out)], doubts=doubts_in_words(plan.doubts, units),
    )  # fmt: skip


class _Speaker:
    """Writes the issues of turns of a round in words."""

    def __init__(self, round: Round, units: Mapping[int, Unit]) -> None:
        self.units = units
        self.words = {
            "opens": moment(round.opens_at), "closes": moment(round.closes_at),
            "limit": clock_text(round.limit_seconds), "tries": round.declared.tries, "size": len(round.questions),
        }  # fmt: skip

    def issue(self, found: TurnIssue) -> RowIssue:
        unit = self.units.get(found.fact) if isinstance(found.fact, int) else None
        words = self.words | {"fact": found.fact, "unit": unit.name if unit else ""}
        severity = IssueSeverity.ERROR if found.kind.is_error else IssueSeverity.WARNING
        return RowIssue(found.row, gettext(_SAID[found.kind], **words), severity)


def _undated(plan: EntryPlan, kept_out: set[int]) -> list[str]:
    """Return one note for all turns without a time, of which there may be as many as rows."""
    rows = [each.row for each in plan.warnings if each.kind is IssueKind.UNDATED and each.row not in kept_out]
    return [gettext(_UNDATED, count=thousands(len(rows)), row=min(rows))] if rows else []
