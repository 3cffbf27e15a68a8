"""Everything that contests hold about a participant, table by table, for the copy that they are given.

`labels.HELD` names the tables; a test fails when a new one that knows participants is in no copy.
"""

import json
import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.person_keys import find_person
from core.translation import gettext
from core.values.text import N_
from privacy.models.holder import Line, Section
from quiz.attempt.labels import MODE
from quiz.attempt.models import AnswerSheet, Attempt, AttemptDraft, AttemptEvidence, AttemptHelp, Entry, PaperSheet
from quiz.attempt.rules.commitment import read_answers
from quiz.contest.labels.guesses import guess_words
from quiz.contest.models import Participant, ParticipantVersion, ParticipantWord, PhoneCode, Round
from quiz.contest.operations.on_roster import list_on_rosters
from quiz.outreach.queries.announcement import announced_lines
from quiz.persons.labels import HELD, WINNER_STATE
from quiz.persons.queries.draws import draw_lines
from quiz.persons.queries.nicknames import nickname_lines
from quiz.persons.queries.participants import list_participants
from quiz.persons.queries.season import season_award_lines, season_call_lines
from quiz.persons.queries.unit_requests import request_lines
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.models import (
    ClusterEntry,
    Exclusion,
    MissedCall,
    Objection,
    PrizeClaim,
    RoundReview,
    StandingRow,
    Winner,
)
from quiz.results.queries.objections import read_texts

_FACTS = (N_("Họ và tên"), N_("Số điện thoại"), N_("Năm sinh"))


@dataclass(frozen=True)
class _Asked:
    session: Session
    keyring: Keyring
    participants: Sequence[Participant]

    @property
    def ids(self) -> list[uuid.UUID]:
        return [each.id for each in self.participants]

    def rows(self, model: Any, column: Any) -> list[Any]:
        return list(self.session.scalars(select(model).where(column.in_(self.ids))))

    def by_attempt(self, model: Any) -> list[Any]:
        ids: Select[Any] = select(Attempt.id).where(Attempt.participant_id.in_(self.ids))
        return list(self.session.scalars(select(model).where(model.attempt_id.in_(ids))))

    def facts(self, participant: Participant, sealed: bytes) -> Line:
        person = find_person(self.session, self.keyring, participant.person_id)
        opened = json.loads(person.unseal(sealed)) if person and sealed else (None, None, None)
        return list(zip(_FACTS, opened, strict=True))

    def more(self, participant: Participant) -> Line:
        """Return the answers to what the contest asked besides."""
        person = find_person(self.session, self.keyring, participant.person_id)
        return list(json.loads(person.unseal(participant.extra)).items()) if person and participant.extra else []


def copy_of(session: Session, keyring: Keyring, ids: Collection[uuid.UUID]) -> list[Section]:
    """Return every table's rows about the participants *ids*; a table without rows is included, empty."""
    asked = _Asked(session, keyring, list_participants(session, ids))
    return [Section(table, HELD[table], read(asked)) for table, read in _READERS.items()]


def _registered(asked: _Asked) -> list[Line]:
    return [
        [
            (N_("Tên cuộc thi"), each.contest.title),
            *asked.facts(each, each.sealed),
            (N_("Đơn vị dự thi"), each.unit.label),
            *([(N_("Đối tượng dự thi"), each.contest.bloc_name(each.bloc))] if each.bloc else []),
            *asked.more(each),
            (N_("Đăng ký lúc"), each.registered_at),
            (N_("Xác nhận qua điện thoại lúc"), each.verified_at),
            (N_("Xác nhận để xếp hạng lúc"), each.confirmed_at),
            (N_("Có thể chưa đủ 16 tuổi"), N_("có") if each.may_be_child else N_("không")),
            (N_("Tạm dừng xử lý từ"), each.restricted_at),
            (N_("Cấp lại mã cá nhân lúc"), each.code_renewed_at),
        ]
        for each in asked.participants
    ]


def _versions(asked: _Asked) -> list[Line]:
    people = {each.id: each for each in asked.participants}
    return [
        [*asked.facts(people[row.participant_id], row.sealed), (N_("Đến"), row.until)]
        for row in asked.rows(ParticipantVersion, ParticipantVersion.participant_id)
    ]


def _words(asked: _Asked) -> list[Line]:
    return [[(N_("Số dấu vết"), len(asked.rows(ParticipantWord, ParticipantWord.participant_id)))]]


def _phone_codes(asked: _Asked) -> list[Line]:
    return [
        [(N_("Gửi lúc"), row.sent_at), (N_("Số lần gửi trong ngày"), row.sends), (N_("Số lần thử"), row.tries)]
        for row in asked.rows(PhoneCode, PhoneCode.participant_id)
    ]


def _rosters(asked: _Asked) -> list[Line]:
    """Return the rows of those who were confirmed: to others a row may be of somebody else, and say who is listed."""
    confirmed = [each for each in asked.participants if each.verified_at or each.confirmed_at]
    return [
        [
            (N_("Tên cuộc thi"), row.contest.title),
            (N_("Đơn vị"), row.unit.label if row.unit else None),
            (N_("Khối"), row.bloc),
            (N_("Nhập lúc"), row.imported_at),
        ]
        for row in list_on_rosters(asked.session, asked.keyring, confirmed)
    ]


def _attempts(asked: _Asked) -> list[Line]:
    return [
        [
            (N_("Tuần"), row.round.number),
            (N_("Bắt đầu lúc"), row.started_at),
            (N_("Nộp lúc"), row.submitted_at),
            (N_("Số câu đúng"), row.correct),
            (N_("Cách dự thi"), MODE[row.mode]),
        ]
        for row in asked.rows(Attempt, Attempt.participant_id)
    ]


def _evidence(asked: _Asked) -> list[Line]:
    """Return when each was stored; the hashes themselves leave the database in no way."""
    return [[(N_("Lưu lúc"), row.begun_at)] for row in asked.by_attempt(AttemptEvidence)]


def _drafts(asked: _Asked) -> list[Line]:
    return [[(N_("Đã giữ"), row.answers), (N_("Số lần giữ"), row.saves)] for row in asked.by_attempt(AttemptDraft)]


def _paper_sheets(asked: _Asked) -> list[Line]:
    """Return the sheets that became their attempts, were printed for them, or asked whether they are theirs."""
    ids = select(Attempt.id).where(Attempt.participant_id.in_(asked.ids))
    named = PaperSheet.printed_for_id.in_(asked.ids), PaperSheet.asked_id.in_(asked.ids)
    query = (
        select(PaperSheet).where(or_(PaperSheet.id.in_(ids), *named)).order_by(PaperSheet.round_id, PaperSheet.number)
    )
    return [[(N_("Tuần"), row.round.number), (N_("Phiếu số"), row.number)] for row in asked.session.scalars(query)]


def _helped(asked: _Asked) -> list[Line]:
    """Return that somebody helped; the name is that of another person."""
    return [[(N_("Có người giúp, đã ghi tên"), N_("có"))] for _row in asked.by_attempt(AttemptHelp)]


def _sheets(asked: _Asked) -> list[Line]:
    lines = []
    for row in asked.by_attempt(AnswerSheet):
        positions = {each.ref: each.position for each in row.attempt.round.questions}
        got = sorted((positions[ref], letters) for ref, letters in read_answers(row.answers).items() if letters)
        chosen = "; ".join(
            gettext("câu %(position)s: %(letters)s", position=position, letters=", ".join(letters))
            for position, letters in got
        )
        guessed = _guessed(row.attempt.round, row.guess)
        lines.append([(N_("Tuần"), row.attempt.round.number), (N_("Đã chọn"), chosen), (N_("Dự đoán"), guessed)])
    return lines


def _guessed(round: Round, guess: int | None) -> str | int | None:
    """Return a guess as it was typed: a number, or per cent."""
    words = guess_words(round.declared, None)
    return words.bare(guess) if guess is not None and words.is_percent else guess


def _entries(asked: _Asked) -> list[Line]:
    return [
        [(N_("Tuần"), row.attempt.round.number), (N_("Dự đoán được tính"), _guessed(row.attempt.round, row.guess))]
        for row in asked.rows(Entry, Entry.participant_id)
    ]


def _standings(asked: _Asked) -> list[Line]:
    return [
        [
            (N_("Tuần"), row.attempt.round.number),
            (N_("Bản"), row.version),
            (N_("Hạng"), row.rank),
            (N_("Số câu đúng"), row.correct),
        ]
        for row in asked.rows(StandingRow, StandingRow.participant_id)
    ]


def _winners(asked: _Asked) -> list[Line]:
    return [
        [
            (N_("Tuần"), asked.session.get_one(Round, row.round_id).number),
            (N_("Bản"), row.version),
            (N_("Hạng"), row.rank),
            (N_("Giải"), row.tier),
            (N_("Tình trạng"), WINNER_STATE[row.state]),
        ]
        for row in asked.rows(Winner, Winner.participant_id)
    ]


def _calls(asked: _Asked) -> list[Line]:
    return [
        [(N_("Tuần"), asked.session.get_one(Round, row.round_id).number), (N_("Gọi, không ai nghe máy"), row.called_at)]
        for row in asked.rows(MissedCall, MissedCall.participant_id)
    ]


def _clusters(asked: _Asked) -> list[Line]:
    return [
        [(N_("Cụm"), row.number), (N_("Lúc rà soát"), asked.session.get_one(RoundReview, row.round_id).made_at)]
        for row in asked.rows(ClusterEntry, ClusterEntry.participant_id)
    ]


def _exclusions(asked: _Asked) -> list[Line]:
    return [
        [
            (N_("Không công nhận từ bản"), row.since_version),
            (N_("Vì"), EXCLUSION_REASON[row.ground]),
            (N_("Đến bản"), row.until_version),
        ]
        for row in asked.rows(Exclusion, Exclusion.participant_id)
    ]


def _objections(asked: _Asked) -> list[Line]:
    return [
        [
            (N_("Tuần"), row.round.number),
            (N_("Khiếu nại lúc"), row.made_at),
            (N_("Nội dung"), read_texts(asked.session, asked.keyring, row).text),
            (N_("Trả lời lúc"), row.answered_at),
            (N_("Trả lời"), read_texts(asked.session, asked.keyring, row).answer),
        ]
        for row in asked.rows(Objection, Objection.participant_id)
    ]


def _claims(asked: _Asked) -> list[Line]:
    return [
        [
            (N_("Tuần"), asked.session.get_one(Round, row.round_id).number if row.round_id else N_("cả cuộc thi")),
            (N_("Giải"), row.tier),
            (N_("Nhận lúc"), row.received_at),
        ]
        for row in asked.rows(PrizeClaim, PrizeClaim.participant_id)
    ]


_READERS: dict[str, Callable[[_Asked], list[Line]]] = {
    "quiz_participant": _registered,
    "quiz_participant_version": _versions,
    "quiz_nickname": lambda asked: nickname_lines(asked.session, asked.keyring, asked.ids),
    "quiz_unit_request": lambda asked: request_lines(asked.session, asked.keyring, asked.ids),
    "quiz_participant_word": _words,
    "quiz_phone_code": _phone_codes,
    "quiz_roster_person": _rosters,
    "quiz_announced_phone": lambda asked: announced_lines(asked.session, asked.ids),
    "quiz_attempt": _attempts,
    "quiz_attempt_evidence": _evidence,
    "quiz_attempt_draft": _drafts,
    "quiz_paper_sheet": _paper_sheets,
    "quiz_attempt_help": _helped,
    "quiz_answer_sheet": _sheets,
    "quiz_entry": _entries,
    "quiz_standing": _standings,
    "quiz_winner": _winners,
    "quiz_missed_call": _calls,
    "quiz_draw": lambda asked: draw_lines(asked.session, asked.participants),
    "quiz_cluster_entry": _clusters,
    "quiz_exclusion": _exclusions,
    "quiz_objection": _objections,
    "quiz_prize_claim": _claims,
    "quiz_season_call": lambda asked: season_call_lines(asked.session, asked.ids),
    "quiz_season_award": lambda asked: season_award_lines(asked.session, asked.ids),
}
