"""The audit trail as readable lines, for the page and for exported sheets."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from account.labels import ACTOR
from account.models import Account, AuditEntry
from account.queries.audit import accounts_in, find_head, names_of_several, personal_in, units_in
from account.rules.chain import Plain, head_text
from commune.models import Unit
from core.crypto import Keyring
from core.kept_sentences import Quoted
from core.sheets.writing import book, csv_of
from core.translation import gettext
from core.values.dates import day
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import VIETNAM
from core.web.rooms import Declared

HEADER = (
    N_("Số"),
    N_("Thời điểm"),
    N_("Người làm"),
    N_("Việc"),
    N_("Đối tượng"),
    N_("Người được nói tới"),
    N_("Đơn vị"),
    N_("Trước"),
    N_("Sau"),
    N_("Lý do"),
    N_("Mã chuỗi"),
)
MOST = 20_000
"""The most entries in one sheet; further sheets are reached by the days of the search."""
NOTHING = "—"
NOUGHT = ("0", N_("không"))
"""The words of a value that says of something that there was none."""
_CODE = re.compile(r"[0-9a-f]{32,64}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""A code of a row or of a file."""


@dataclass(frozen=True)
class AuditLine:
    """An audit entry in words; `changes` are name, before, after."""

    entry: AuditEntry
    who: str
    deed: str
    subject: str
    unit: str
    person: str
    changes: list[tuple[str, str, str]]

    @property
    def readable(self) -> list[tuple[str, str, str]]:
        """The changes that a person reads; codes of rows, and what was nought, stay in the exported sheets."""
        return [each for each in self.changes if not _CODE.fullmatch(each[2]) and not _is_nought(each)]


@dataclass(frozen=True)
class Sight:
    """The sight of a reader: units whose people are named, and per restricted action units with shown values."""

    people: Collection[int]
    restricted: Mapping[str, Collection[int]]

    def shows_values(self, entry: AuditEntry) -> bool:
        """Whether the values before and after may be shown."""
        return entry.action not in self.restricted or entry.unit_id in self.restricted[entry.action]


def lines_of(
    session: Session, keyring: Keyring, entries: Sequence[AuditEntry], rooms: Declared, sight: Sight
) -> list[AuditLine]:
    """Return *entries* in the words of *rooms*, in their order, in a fixed number of statements.

    Names of persons and values of restricted actions are left out where *sight* does not cover the entry's unit.
    """
    accounts, units = accounts_in(session, entries), units_in(session, entries)
    names = _names(accounts, names_of_several(session, accounts))
    personal = personal_in(session, keyring, [entry for entry in entries if entry.unit_id in sight.people])
    return [
        AuditLine(
            entry,
            _who_did(entry, names),
            rooms.audit_actions.get(entry.action, entry.action),
            _subject(entry, names),
            _unit(entry, units),
            _person(entry, personal, sight),
            _changes(entry, names, rooms) if sight.shows_values(entry) else [],
        )
        for entry in entries
    ]


def _names(accounts: Mapping[int, Account], several: Collection[str]) -> dict[int, str]:
    """Return the display names of accounts; for equal names with the e-mail address."""
    return {
        id: f"{account.name} ({account.email})" if account.name in several else account.name
        for id, account in accounts.items()
    }


def _name(names: Mapping[int, str], id: int) -> str:
    """Return the display name of an account; a deleted one is shown by its number, which is not reused."""
    return names.get(id) or gettext("Tài khoản số %(id)s (đã xóa)", id=id)


def _who_did(entry: AuditEntry, names: Mapping[int, str]) -> str:
    return ACTOR[entry.actor] if entry.account_id is None else _name(names, entry.account_id)


def _subject(entry: AuditEntry, names: Mapping[int, str]) -> str:
    return entry.subject if entry.subject_account is None else _name(names, entry.subject_account)


def xlsx_of(session: Session, lines: Sequence[AuditLine]) -> bytes:
    """Return the lines as a workbook with the head of the chain above them."""
    head = head_text(*find_head(session))
    with book() as (made, file):
        made.add(
            N_("Nhật ký"),
            [[gettext(each) for each in HEADER], *map(_row, lines)],
            above=gettext("Đầu chuỗi khi tải: %(head)s", head=head),
        )
    return file.getvalue()


def csv_bytes_of(lines: Sequence[AuditLine]) -> bytes:
    """Return the lines as CSV; each contains its hash, so that the first is the head of the export."""
    return csv_of([[gettext(each) for each in HEADER], *map(_row, lines)])


def _row(line: AuditLine) -> list[str]:
    entry = line.entry
    before = "; ".join(f"{name}: {was}" for name, was, _ in line.changes if was != NOTHING)
    after = "; ".join(f"{name}: {became}" for name, _, became in line.changes if became != NOTHING)
    at = f"{entry.at.astimezone(VIETNAM):%d/%m/%Y %H:%M:%S}"
    return [
        str(entry.number),
        at,
        line.who,
        line.deed,
        line.subject,
        line.person,
        line.unit,
        before,
        after,
        entry.reason,
        entry.hash.hex(),
    ]


def _changes(entry: AuditEntry, names: Mapping[int, str], rooms: Declared) -> list[tuple[str, str, str]]:
    words = {**rooms.audit_values, "asked_for": rooms.audit_actions}

    def said(name: str, value: Plain) -> str:
        shown = _said(name, value, names, words)
        return Quoted(shown) if name in rooms.audit_quoted and value is not None else shown

    return [
        (rooms.field_words(entry.action, name), said(name, was), said(name, became))
        for name, was, became in entry.changes
    ]


def _is_nought(change: tuple[str, str, str]) -> bool:
    """Whether nothing was counted or said; what became nought is a change like any other."""
    _name, was, became = change
    return was == NOTHING and became in NOUGHT


def _unit(entry: AuditEntry, units: Mapping[int, Unit]) -> str:
    unit = units.get(entry.unit_id) if entry.unit_id else None
    return unit.name if unit else ""


def _person(entry: AuditEntry, personal: Mapping[int, Mapping[str, str]], sight: Sight) -> str:
    if entry.person_id is None:
        return ""
    if entry.unit_id not in sight.people:
        return N_("(được giấu)")
    known = personal.get(entry.number)
    return ", ".join(known.values()) if known else N_("(đã xóa theo yêu cầu)")


def _said(name: str, value: Plain, names: Mapping[int, str], words: Mapping[str, Mapping[str, str]]) -> str:
    """Return a value in words."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return N_("có") if value else N_("không")
    if isinstance(value, int):
        return thousands(value) if name != "asked_by" else _name(names, value)
    return words.get(name, {}).get(value) or _as_time(value) or value


def _as_time(value: str) -> str:
    """Return a stored day or moment as the present language writes it; empty for any other text."""
    if len(value) < 10 or value[4:5] != "-":
        return ""
    try:
        moment = datetime.fromisoformat(value)
        return day(date.fromisoformat(value)) if len(value) == 10 else _local(moment)
    except ValueError:
        return ""


def _local(moment: datetime) -> str:
    local = moment.astimezone(VIETNAM) if moment.tzinfo else moment
    return f"{local:%H:%M} {day(local)}"
