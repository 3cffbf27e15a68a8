"""A copy for a participant holds something of every table that knows them."""

import pytest
from sqlalchemy import select

import core.db
from account.operations.audit import SYSTEM, record
from core.person_keys import find_person
from privacy.labels import HELD
from privacy.models.holder import NewFacts
from privacy.operations.answers import correct as correct_person
from privacy.rules.deadlines import Kind
from quiz.attempt.models import Attempt, AttemptDraft, AttemptEvidence, AttemptHelp, PaperSheet
from quiz.contest.models import PhoneCode, RosterPerson, UnitRequest
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.nicknames import choose_nickname
from quiz.contest.rules.actions import QuizAction
from quiz.outreach.models import AnnouncedPhone, Announcement
from quiz.persons import labels
from quiz.results.models import (
    ClusterEntry,
    Draw,
    EntryCluster,
    Exclusion,
    MissedCall,
    Objection,
    PrizeClaim,
    RoundReview,
    SeasonAward,
    SeasonCall,
    SeasonDecision,
)
from tests.factories import MONDAY, make_unit
from tests.quiz.persons.test_consent import publish
from tests.support.persons import NOW, held_of, make_request, round, who

__all__ = ["round", "who"]

NOTHING_OF_PARTICIPANTS = {
    "quiz_paper_print",
    "quiz_card_batch",
    "quiz_entry_card",
    "quiz_sms_day",
    "survey_sender_count",
    "account_account",
    "account_approval",
    "account_grant",
    "account_link",
    "account_recovery_code",
    "account_session",
    "account_totp",
    "account_tries",
    "commune_headcount",
    "commune_logo",
    "commune_office",
    "commune_spelling",
    "commune_succession",
    "commune_unit",
    "commune_unit_name",
    "core_imported_line",
    "core_instance_fact",
    "core_job",
    "core_job_part",
    "core_message",
    "core_purge",
    "core_sheet_draft",
    "core_sheet_mapping",
    "core_stored_reply",
    "core_translation",
    "core_worker_beat",
    "quiz_announcement",
    "quiz_bloc",
    "quiz_choice",
    "quiz_cluster",
    "quiz_collective_award",
    "quiz_collective_decision",
    "quiz_contact_opening",
    "quiz_contest",
    "quiz_contest_headcount",
    "quiz_contest_unit",
    "quiz_key_version",
    "quiz_prize_tier",
    "quiz_question",
    "quiz_question_picture",
    "quiz_question_report",
    "quiz_question_revision",
    "quiz_renaming",
    "quiz_result",
    "quiz_review",
    "quiz_round",
    "quiz_round_answers",
    "quiz_round_question",
    "quiz_rules_amendment",
    "quiz_season_decision",
    "quiz_tally",
    "quiz_unit_people",
    "survey_counter",
    "survey_dossier",
    "survey_dossier_import",
    "survey_dossier_sample",
    "survey_drawn_dossier",
    "survey_provincial_total",
    "survey_counter_address",
    "survey_dead_scan",
    "survey_rating",
    "survey_option_tally",
    "survey_instrument_version",
    "commune_office_unit",
    "core_data_version",
}


def test_a_copy_covers_every_table():
    tables = set(core.db.Base.metadata.tables)

    assert tables - NOTHING_OF_PARTICIPANTS == {*HELD, *labels.HELD}


@pytest.mark.both_databases
def test_a_copy_holds_something_of_every_table(session, keyring, round, who):
    publish(session, round)
    person = find_person(session, keyring, who.person_id)
    record(
        session,
        SYSTEM,
        QuizAction.WINNER_CONFIRM,
        of_round(round),
        person=(person, {"name": "Vàng Seo Páo"}),
        now=MONDAY,
    )
    request = make_request(session, keyring, who, kind=Kind.CORRECT)
    correct_person(session, keyring, SYSTEM, request, NewFacts("Vàng Seo Pao"), now=NOW)

    on_roster = {"contest_id": who.contest_id, "identity_hash": who.identity_hash, "name_hash": b"n" * 32}
    session.add(RosterPerson(**on_roster, imported_at=NOW))
    who.verified_at = None
    unconfirmed = held_of(session, keyring, who)
    who.verified_at = NOW
    texted = {"code_hash": b"c" * 32, "sent_at": NOW, "tries": 0, "day": NOW.date(), "sends": 1}
    session.add(PhoneCode(participant_id=who.id, **texted))
    attempt = session.scalars(select(Attempt).where(Attempt.participant_id == who.id)).first()
    session.add(RoundReview(round_id=round.id, entries=1, reading_ms=1, tapping_ms=1, made_at=NOW))
    cluster = {"size": 1, "perfect": 1, "is_strong": False, "signs": []}
    session.flush()
    session.add(EntryCluster(round_id=round.id, number=1, **cluster))
    session.flush()
    session.add(ClusterEntry(round_id=round.id, number=1, participant_id=who.id))
    made = Announcement(contest_id=who.contest_id, text="Mời", is_plain=True, has_link=True, made_at=NOW)
    session.add(made)
    session.flush()
    session.add(AnnouncedPhone(announcement_id=made.id, phone_hash=b"p" * 32, participant_id=who.id))
    hashes = {"device_hash": b"d" * 32, "address_hash": b"a" * 32}
    session.add(AttemptEvidence(attempt_id=attempt.id, begun_at=NOW, **hashes))
    session.add(PaperSheet(id=attempt.id, round_id=round.id, number=1))
    session.add(AttemptHelp(attempt_id=attempt.id, sealed=b"s"))
    session.add(AttemptDraft(attempt_id=attempt.id, answers="{}", saves=1))
    units = {"old_unit_id": who.unit_id, "unit_id": make_unit(session).id}
    sealed = find_person(session, keyring, who.person_id).seal("Bấm nhầm")
    session.add(UnitRequest(participant_id=who.id, sealed=sealed, asked_at=NOW, **units))
    choose_nickname(session, keyring, who, "Sóc Nâu", now=NOW)
    drawn = {"members": [str(who.id)], "drawn": [str(who.id)], "prizes": ["Giải Nhất"], "witnesses": ["A", "B"]}
    of_round_1 = {"contest_id": who.contest_id, "round_id": round.id, "version": 1, "bloc": 0, "rank": 1}
    session.add(Draw(**drawn, **of_round_1, held_on=NOW.date(), place="Hội trường", recorded_at=NOW))
    session.add(MissedCall(round_id=round.id, participant_id=who.id, called_at=NOW))
    session.add(Exclusion(round_id=round.id, participant_id=who.id, since_version=1, until_version=2, ground="several"))

    sealed = find_person(session, keyring, who.person_id).seal("Câu 2 sai")
    session.add(PrizeClaim(round_id=round.id, participant_id=who.id, tier="Giải Nhất", received_at=NOW))
    called = {"contest_id": who.contest_id, "participant_id": who.id}
    session.add(SeasonCall(**called, state="passed", missed=1, called_at=NOW, why="Số máy không đúng"))
    session.add(SeasonDecision(contest_id=who.contest_id, version=1, digest="d" * 32, decided_at=NOW))
    session.flush()
    sums = {"score": 8, "correct": 8, "rounds": 2, "firsts": 1, "rank": 1, "bloc": 0}
    session.add(SeasonAward(**called, **sums, version=1, position=1, tier="Giải Nhất chung cuộc"))
    objected = {"participant_id": who.id, "attempt_id": attempt.id, "sealed": sealed, "made_at": NOW}
    session.add(Objection(round_id=round.id, number=1, version=1, **objected))

    held = held_of(session, keyring, who)

    assert set(held) == {*HELD, *labels.HELD}
    assert [table for table, lines in held.items() if not lines] == []
    assert ("Số điện thoại", "0977123456") in held["quiz_participant"][0]
    assert unconfirmed["quiz_roster_person"] == []
