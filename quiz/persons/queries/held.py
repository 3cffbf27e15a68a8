"""Everything that is held about a person, table by table: what a copy for them is made of.

`labels.HELD` names the tables; a test fails when a new one that knows participants is in neither.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from account.models import AuditEntry
from core.crypto import Keyring
from core.person_keys import PersonKey, find_person
from core.values.text import N_
from quiz.attempt.models import AnswerSheet, Attempt, Entry
from quiz.attempt.rules.commitment import read_answers
from quiz.contest.labels import ACTION, CONSENT
from quiz.contest.models import (
    Consent,
    Participant,
    ParticipantVersion,
    ParticipantWord,
    PersonRequest,
    RequestStep,
    RequestSubject,
)
from quiz.contest.queries import list_on_rosters
from quiz.contest.rules.consent import Purpose
from quiz.persons import labels
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.models import Exclusion, StandingRow, Winner

Value = str | int | date | datetime | None
Line = list[tuple[str, Value]]
_FACTS = (N_("Họ và tên"), N_("Số điện thoại"), N_("Năm sinh"))


@dataclass(frozen=True)
class Section:
    """What one table holds: its name there, its title for people, its rows as (label, value) pairs."""

    table: str
    title: str
    lines: list[Line]


@dataclass(frozen=True)
class _Asked:
    session: Session
    keyring: Keyring
    participants: Sequence[Participant]

    def rows(self, model: Any, column: Any) -> list[Any]:
        ids = [each.id for each in self.participants]
        return list(self.session.scalars(select(model).where(column.in_(ids))))

    def by_attempt(self, model: Any) -> list[Any]:
        ids: Select[Any] = select(Attempt.id).where(Attempt.participant_id.in_([each.id for each in self.participants]))
        return list(self.session.scalars(select(model).where(model.attempt_id.in_(ids))))

    def requests(self) -> Select[Any]:
        ids = [each.id for each in self.participants]
        return select(RequestSubject.request_id).where(RequestSubject.participant_id.in_(ids))

    def facts(self, participant: Participant, sealed: bytes) -> Line:
        person = find_person(self.session, self.keyring, participant.person_id)
        opened = json.loads(person.unseal(sealed)) if person and sealed else (None, None, None)
        return list(zip(_FACTS, opened, strict=True))


def held_about(session: Session, keyring: Keyring, participants: Collection[Participant]) -> list[Section]:
    """Every table's rows about *participants*; a table without any is there too, empty."""
    asked = _Asked(session, keyring, list(participants))
    return [Section(table, labels.HELD[table], read(asked)) for table, read in _READERS.items()]


def _registered(asked: _Asked) -> list[Line]:
    return [
        [
            ("Cuộc thi", each.contest.title), *asked.facts(each, each.sealed), ("Đơn vị dự thi", each.unit.label),
            ("Đăng ký lúc", each.registered_at), ("Xác nhận qua điện thoại lúc", each.verified_at),
            ("Có thể chưa đủ 16 tuổi", "có" if each.may_be_child else "không"),
            ("Tạm dừng xử lý từ", each.restricted_at),
        ]
        for each in asked.participants
    ]  # fmt: skip


def _versions(asked: _Asked) -> list[Line]:
    people = {each.id: each for each in asked.participants}
    rows = asked.rows(ParticipantVersion, ParticipantVersion.participant_id)
    return [[*asked.facts(people[row.participant_id], row.sealed), ("Đến", row.until)] for row in rows]


def _words(asked: _Asked) -> list[Line]:
    return [[("Số dấu vết", len(asked.rows(ParticipantWord, ParticipantWord.participant_id)))]]


def _rosters(asked: _Asked) -> list[Line]:
    return [
        [
            ("Cuộc thi", row.contest.title), ("Đơn vị", row.unit.label if row.unit else None), ("Khối", row.bloc),
            ("Nhập lúc", row.imported_at),
        ]
        for row in list_on_rosters(asked.session, asked.participants)
    ]  # fmt: skip


def _keys(asked: _Asked) -> list[Line]:
    ids = [each.person_id for each in asked.participants if each.person_id]
    count = len(asked.session.scalars(select(PersonKey.id).where(PersonKey.id.in_(ids))).all())
    return [[("Số khóa", count)]]


def _consents(asked: _Asked) -> list[Line]:
    return [
        [
            (labels.PURPOSE[Purpose(row.purpose)], CONSENT[row.wording][Purpose(row.purpose)]),
            ("Đồng ý lúc", row.given_at), ("Rút lại lúc", row.withdrawn_at),
        ]
        for row in asked.rows(Consent, Consent.participant_id)
    ]  # fmt: skip


def _attempts(asked: _Asked) -> list[Line]:
    return [
        [
            ("Tuần", row.round.number), ("Bắt đầu lúc", row.started_at), ("Nộp lúc", row.submitted_at),
            ("Số câu đúng", row.correct), ("Cách dự thi", row.mode),
        ]
        for row in asked.rows(Attempt, Attempt.participant_id)
    ]  # fmt: skip


def _sheets(asked: _Asked) -> list[Line]:
    told = []
    for row in asked.by_attempt(AnswerSheet):
        positions = {each.ref: str(each.position) for each in row.attempt.round.questions}
        got = sorted((positions[ref], letters) for ref, letters in read_answers(row.answers).items())
        chosen = "; ".join(f"câu {position}: {', '.join(letters)}" for position, letters in got)
        told.append([("Tuần", row.attempt.round.number), ("Đã chọn", chosen), ("Dự đoán", row.guess)])
    return told


def _entries(asked: _Asked) -> list[Line]:
    return [
        [("Tuần", row.attempt.round.number), ("Dự đoán được tính", row.guess)]
        for row in asked.rows(Entry, Entry.participant_id)
    ]


def _standings(asked: _Asked) -> list[Line]:
    return [
        [("Tuần", row.attempt.round.number), ("Bản", row.version), ("Hạng", row.rank), ("Số câu đúng", row.correct)]
        for row in asked.rows(StandingRow, StandingRow.participant_id)
    ]


def _winners(asked: _Asked) -> list[Line]:
    return [
        [("Bản", row.version), ("Hạng", row.rank), ("Giải", row.tier), ("Tình trạng", row.state)]
        for row in asked.rows(Winner, Winner.participant_id)
    ]


def _exclusions(asked: _Asked) -> list[Line]:
    return [
        [
            ("Không công nhận từ bản", row.since_version),
            ("Vì", EXCLUSION_REASON[row.ground]),
            ("Đến bản", row.until_version),
        ]
        for row in asked.rows(Exclusion, Exclusion.participant_id)
    ]


def _requests(asked: _Asked) -> list[Line]:
    rows = asked.session.scalars(select(PersonRequest).where(PersonRequest.id.in_(asked.requests())))
    return [
        [("Yêu cầu", labels.KIND_BY_VALUE[row.kind]), ("Nhận lúc", row.received_at), ("Trả lời lúc", row.answered_at)]
        for row in rows
    ]


def _steps(asked: _Asked) -> list[Line]:
    rows = asked.session.scalars(select(RequestStep).where(RequestStep.request_id.in_(asked.requests())))
    return [[("Việc", labels.DEED[row.deed]), ("Lúc", row.at)] for row in rows]


def _subjects(asked: _Asked) -> list[Line]:
    return [[("Số yêu cầu", len(asked.rows(RequestSubject, RequestSubject.participant_id)))]]


def _trail(asked: _Asked) -> list[Line]:
    ids = [each.person_id for each in asked.participants if each.person_id]
    rows = asked.session.scalars(select(AuditEntry).where(AuditEntry.person_id.in_(ids)).order_by(AuditEntry.number))
    return [[("Việc", ACTION.get(row.action, row.action)), ("Về", row.subject), ("Lúc", row.at)] for row in rows]


_READERS: dict[str, Callable[[_Asked], list[Line]]] = {
    "quiz_participant": _registered,
    "quiz_participant_version": _versions,
    "quiz_participant_word": _words,
    "quiz_roster_person": _rosters,
    "core_person_key": _keys,
    "quiz_consent": _consents,
    "quiz_attempt": _attempts,
    "quiz_answer_sheet": _sheets,
    "quiz_entry": _entries,
    "quiz_standing": _standings,
    "quiz_winner": _winners,
    "quiz_exclusion": _exclusions,
    "quiz_person_request": _requests,
    "quiz_request_step": _steps,
    "quiz_request_subject": _subjects,
    "account_audit": _trail,
}
