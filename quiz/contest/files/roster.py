"""The roster of a contest as a kind of sheet: name, phone, birth year, unit, bloc."""

from collections.abc import Collection, Mapping

from account.operations.audit import actor_of
from commune.files.unit_sheets import UnitRecordKind
from commune.models import Unit
from core.importing.errors import CannotImport
from core.importing.kind import ImportPlan, Opener
from core.importing.rows import RowError, name_issue, person_name, read_phone, read_year
from core.sheets.columns import Line
from core.sheets.grids import Grid
from core.translation import gettext
from core.values.text import N_
from quiz.contest.files.people import BIRTH, BLOC, FAMILY, NAME, PHONE, UNIT, with_given_names
from quiz.contest.labels import CONTEST_UNIT_DECISION
from quiz.contest.labels.roster import ROSTER_CALLED_OFF, ROSTER_IMPORT, ROSTER_IN_USE
from quiz.contest.models import Contest
from quiz.contest.operations.registration import Identity
from quiz.contest.operations.roster_import import Listed, import_roster, listed
from quiz.contest.queries import count_roster, find_on_roster, is_roster_in_use, list_contest_units

LONGEST = 100
_NO_NAME = N_("chưa có họ tên, hoặc họ tên dài quá 100 chữ.")
_TOO_LITTLE = N_("xin ghi số điện thoại hoặc năm sinh, để phân biệt người cùng tên.")


class RosterSheets(UnitRecordKind[Contest, Listed]):
    """Sheets of the people on the roster of one contest."""

    purpose = "quiz-roster"
    job = "quiz.roster"
    can_replace = True
    words = ROSTER_IMPORT
    model = Contest
    table = (NAME, FAMILY, PHONE, BIRTH, UNIT, BLOC)
    decisions = CONTEST_UNIT_DECISION

    def unit_id(self) -> int:
        """Return the unit that holds the contest."""
        return self.target.unit_id

    def open(self, read: Opener) -> Grid:
        """Return the sheet as read, with given names beside the names."""
        return with_given_names(super().open(read))

    def units(self) -> Mapping[int, Unit]:
        """Return the units for which people may enter."""
        return {unit.id: unit for unit in list_contest_units(self.context.session, self.target)}

    def facts(self) -> Mapping[str, object]:
        """Return the facts of a contest that the words name."""
        return {"contest": self.target.title}

    def check(self) -> None:
        """Raise CannotImport if the contest was cancelled."""
        if self.target.called_off_at is not None:
            raise CannotImport(ROSTER_CALLED_OFF)

    def record(self, line: Line) -> Listed:
        """Return the person in a line."""
        name = person_name(f"{line.text('family')} {line.text('name')}")
        phone, year = read_phone(line, "phone"), read_year(line, "birth", self.context.today.year)
        if issue := name_issue(name) if 0 < len(name) <= LONGEST else _NO_NAME:
            raise RowError(issue)
        if phone is None and year is None:
            raise RowError(gettext(_TOO_LITTLE))
        unit_id = self.unit_of(line)
        identity = Identity(name, phone, year, instead=f"unit {unit_id}")
        return listed(self.context.keyring, self.target.id, identity, unit_id, line.text("bloc")[:LONGEST])

    def record_key(self, record: Listed) -> bytes:
        """Return the key of a person: the same phone (or unit), name and birth year are the same person."""
        return record.identity_hash

    def stored_keys(self, keys: Collection[bytes]) -> set[bytes]:
        """Return those of *keys* that are on the roster."""
        return find_on_roster(self.context.session, self.target, keys)

    def count_stored(self) -> int:
        """Return the number of people on the roster."""
        return count_roster(self.context.session, self.target)[0]

    def store(self, owner: str, plan: ImportPlan[list[Listed]]) -> int:
        """Store the people as `import_roster` does; a roster in use only grows."""
        session, now, counts = self.context.session, self.context.now, plan.report.counts
        if self.replaces and is_roster_in_use(session, self.target):
            raise CannotImport(ROSTER_IN_USE)
        self.remember_decisions()
        import_roster(session, actor_of(owner), self.target, plan.values, self.replaces, counts, now=now)
        return len(plan.values)
