"""The list of dossiers as a kind of import: new numbers are added, known ones get the day of their return."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from account.operations.audit import actor_of
from commune.models import Office
from core.importing.kind import GridKind, ImportPlan
from core.sheets.cells import quoted
from core.sheets.columns import require
from core.sheets.grids import Grid
from core.sheets.report import ImportReport, IssueSeverity, RowIssue
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_
from survey.dossier.files.columns import COLUMNS
from survey.dossier.files.dossiers import DossierList, SheetDossier, read_dossiers
from survey.dossier.labels import DOSSIER_CHANNEL, DOSSIER_IMPORT
from survey.dossier.operations import PlannedDossiers, import_dossiers
from survey.dossier.queries import StoredDossier, agencies_elsewhere, find_dossiers, list_agencies
from survey.dossier.rules.channels import DossierChannel

_ELSEWHERE = N_(
    "cột Mã hồ sơ: số %(cell)s mang mã %(agency)s, là mã của một cơ quan khác trong hệ thống; không nhập vào đây."
)
_OTHER_AGENCY = N_(
    "cột Mã hồ sơ: số %(cell)s mang mã %(agency)s, khác mã của cơ quan này (%(own)s). Nếu đúng là hồ sơ nhận ở đây, "
    "xin đánh dấu ô nhận cả mã khác."
)
_KEPT_RETURN = N_("cột Ngày trả kết quả: bảng để trống, danh sách đã có ngày trả %(old)s; giữ ngày đã có.")
_NEW_RETURN = N_("cột Ngày trả kết quả: đổi từ %(old)s thành %(new)s.")
_EARLY_RETURN = N_(
    "cột Ngày trả kết quả: ngày %(new)s trước ngày tiếp nhận đã ghi là %(old)s; xin xem lại cả hai ngày."
)
_KEPT = N_(
    "cột %(title)s: bảng ghi %(new)s, danh sách đã có %(old)s; giữ %(old)s. Muốn sửa thì đánh dấu ô sửa theo bảng."
)
_CORRECTED = N_("cột %(title)s: sửa từ %(old)s thành %(new)s.")
_CLASHING = N_("sửa theo bảng thì ngày tiếp nhận %(received)s sau ngày đã ghi %(day)s; xin xem lại.")
_NEW_AND_RETURNED = N_("Hồ sơ mới: %(new)s. Hồ sơ đã có được ghi thêm hoặc sửa: %(changed)s.")
_BLANK = N_("(trống)")


class DossierSheets(GridKind[Office, DossierList, PlannedDossiers]):
    """Lists of dossiers of one office; the options `other_agencies` and `corrects` are questions of its page."""

    purpose = "survey-dossiers"
    job = "survey.dossiers"
    words = DOSSIER_IMPORT
    model = Office
    table = COLUMNS

    def unit_id(self) -> int:
        """Return the unit of the office."""
        return self.target.unit_id

    def facts(self) -> Mapping[str, object]:
        """Return the facts of an office that the words name."""
        return {"office": self.target.name}

    def read(self, sheet: Grid) -> DossierList:
        """Return the dossiers of the list; raises SheetError without numbers or days of receipt."""
        places = dict(self.context.choices.places)
        require(places, COLUMNS)
        return read_dossiers(sheet, places, self.context.today)

    def plan(self, rows: DossierList) -> ImportPlan[PlannedDossiers]:
        """Return the dossiers to add and to change; an equal one is known."""
        session, office = self.context.session, self.target
        own, elsewhere = self._agencies(rows)
        stored = find_dossiers(session, office, [each.number.key for each in rows.dossiers])
        added, changed, issues = list[dict[str, Any]](), list[dict[str, Any]](), list[RowIssue](rows.issues)
        known = 0
        for each in rows.dossiers:
            if each.number.agency and each.number.agency not in own:
                issues.append(self._foreign_issue(each, own, elsewhere))
                if issues[-1].severity is IssueSeverity.ERROR:
                    continue
            old = stored.get(each.number.key)
            if old is None:
                added.append(_row(office, each))
                continue
            values, found = Reconciliation(old, each, rows.columns, corrects=self._says("corrects")).result()
            issues += found
            if any(one.severity is IssueSeverity.ERROR for one in found):
                continue
            known += not values
            changed += [{"id": old.id} | values] if values else []
        return self._planned(rows, added, changed, known, issues)

    def _planned(
        self,
        rows: DossierList,
        added: list[dict[str, Any]],
        changed: list[dict[str, Any]],
        known: int,
        issues: list[RowIssue],
    ) -> ImportPlan[PlannedDossiers]:
        notes = list(rows.notes)
        if changed:
            notes.append(gettext(_NEW_AND_RETURNED, new=thousands(len(added)), changed=thousands(len(changed))))
        report = ImportReport(rows.total, len(added) + len(changed), known, issues, notes)
        rejected = len({issue.row for issue in report.errors})
        counts = {"new": len(added), "changed": len(changed), "known": known, "left_out": rejected}
        return ImportPlan(report, PlannedDossiers(added, changed, counts))

    def store(self, owner: str, plan: ImportPlan[PlannedDossiers]) -> int:
        """Store the dossiers as `import_dossiers` does."""
        context = self.context
        return import_dossiers(
            context.session, actor_of(owner), self.target, plan.values, context.on_progress, now=context.now
        )

    def _says(self, option: str) -> bool:
        return bool(self.context.choices.options.get(option))

    def _agencies(self, rows: DossierList) -> tuple[set[str], set[str]]:
        """Return the agencies of the office's own numbers, and those of the list that another office has.

        Its own are those of its stored dossiers; before the first import, the commonest of the list unless another
        office has it.
        """
        session, office = self.context.session, self.target
        counts = Counter(each.number.agency for each in rows.dossiers if each.number.agency)
        elsewhere = agencies_elsewhere(session, office, list(counts))
        commonest = {agency for agency, _ in counts.most_common(1)}
        return list_agencies(session, office) or commonest - elsewhere, elsewhere

    def _foreign_issue(self, each: SheetDossier, own: Collection[str], elsewhere: Collection[str]) -> RowIssue:
        sentence = _ELSEWHERE if each.number.agency in elsewhere else _OTHER_AGENCY
        names = ", ".join(sorted(own)) or "–"
        text = gettext(sentence, cell=quoted(each.text), agency=each.number.agency, own=names)
        takes = self._says("other_agencies") and sentence is _OTHER_AGENCY
        return RowIssue(each.row, text, IssueSeverity.WARNING if takes else IssueSeverity.ERROR)


class Reconciliation:
    """A row beside the stored dossier of its number: the columns to change, and what a person should see."""

    def __init__(self, old: StoredDossier, new: SheetDossier, columns: frozenset[str], *, corrects: bool) -> None:
        self.old, self.new, self.columns, self.corrects = old, new, columns, corrects
        self.values: dict[str, Any] = {}
        self.issues: list[RowIssue] = []

    def result(self) -> tuple[dict[str, Any], list[RowIssue]]:
        """Return the changed columns by name, and the issues."""
        self._return()
        for name, title, column, before, after in self._others():
            if name in self.columns and before != after and not (name == "channel" and after == DossierChannel.UNKNOWN):
                self._differs(title, column, before, after)
        self._check()
        return self.values, self.issues

    def _return(self) -> None:
        before, after = self.old.returned_on, self.new.returned
        if "returned" not in self.columns or before == after:
            return
        if after is None:
            self._say(_KEPT_RETURN, old=_shown(before))
            return
        self.values["returned_on"] = after
        if before is not None:
            self._say(_NEW_RETURN, old=_shown(before), new=_shown(after))

    def _others(self) -> Iterator[tuple[str, str, str, Any, Any]]:
        old, new = self.old, self.new
        yield "received", N_("Ngày tiếp nhận"), "received_on", old.received_on, new.received
        yield "due", N_("Ngày hẹn trả"), "due_on", old.due_on, new.due
        yield "procedure", N_("Thủ tục"), "procedure", old.procedure, new.procedure
        yield "channel", N_("Hình thức nộp"), "channel", old.channel, new.channel.value

    def _differs(self, title: str, column: str, before: Any, after: Any) -> None:
        """Keep what is stored, the day first promised above all, unless the sheet is to correct it."""
        sentence = _CORRECTED if self.corrects else _KEPT
        self._say(sentence, title=gettext(title), old=_shown(before), new=_shown(after))
        if self.corrects:
            self.values[column] = after

    def _check(self) -> None:
        """Refuse a row after which a dossier would be returned or due before it was received."""
        received = self.values.get("received_on", self.old.received_on)
        returned = self.values.get("returned_on", self.old.returned_on)
        due = self.values.get("due_on", self.old.due_on)
        if returned and returned < received and "received_on" not in self.values:
            text = gettext(_EARLY_RETURN, new=_shown(returned), old=_shown(received))
            self.issues = [RowIssue(self.new.row, text, IssueSeverity.ERROR)]
        elif early := next((day for day in (returned, due) if day and day < received), None):
            text = gettext(_CLASHING, received=_shown(received), day=_shown(early))
            self.issues = [RowIssue(self.new.row, text, IssueSeverity.ERROR)]

    def _say(self, sentence: str, **facts: object) -> None:
        self.issues.append(RowIssue(self.new.row, gettext(sentence, **facts), IssueSeverity.WARNING))


def _shown(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return gettext(DOSSIER_CHANNEL[value]) if value in DOSSIER_CHANNEL else quoted(value) if value else gettext(_BLANK)


def _row(office: Office, each: SheetDossier) -> dict[str, Any]:
    return {
        "office_id": office.id,
        "number": each.text,
        "number_key": each.number.key,
        "agency": each.number.agency,
        "series": each.number.series,
        "serial": each.number.serial,
        "procedure": each.procedure,
        "channel": each.channel.value,
        "received_on": each.received,
        "due_on": each.due,
        "returned_on": each.returned,
    }
