"""A corrected participant keeps what was said before and is found by the new name; open weeks follow a new unit."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from account.operations.audit import SYSTEM
from privacy.models.holder import NewFacts
from privacy.operations.answers import correct as correct_person
from privacy.operations.erasure import erase_subjects
from privacy.rules.deadlines import Kind
from quiz.attempt.operations.tally import rebuild_tally
from quiz.contest.models import ParticipantVersion
from quiz.contest.operations.registration import AlreadyRegistered, phone_hash
from quiz.persons.operations.correction import correct_participants
from quiz.persons.operations.holder import HOLDER
from quiz.persons.queries.participants import list_namesakes
from quiz.results.operations.closing import rank_round
from tests.factories import make_attempt, make_contest, make_participant, make_unit
from tests.support.persons import NOW, held_of, make_request, round, who

__all__ = ["round", "who"]
MINUTE = timedelta(minutes=1)


def test_a_correction_keeps_earlier_consents_and_the_person_is_found_by_the_new_name(session, keyring, round, who):
    request = make_request(session, keyring, who, kind=Kind.CORRECT)

    correct_person(session, keyring, SYSTEM, request, NewFacts("Vàng Seo Phử"), now=NOW)

    hashes = [phone_hash(keyring, round.contest_id, "0977123456")]
    found = [list_namesakes(session, keyring, hashes, name) for name in ("vàng seo phử", "Vàng Seo Páo")]
    before = held_of(session, keyring, who)["quiz_participant_version"][0]
    assert found == [[who], []]
    assert ("Họ và tên", "Vàng Seo Páo") in before
    assert session.get(ParticipantVersion, (who.id, 1)).until == NOW


def test_a_corrected_unit_moves_the_turns_of_open_weeks(session, keyring):
    units = [make_unit(session), make_unit(session, name="xã Minh Quang")]
    round = make_contest(session, units=units).rounds[0]
    who = make_participant(session, keyring, round.contest, unit=units[0])
    make_attempt(session, keyring, round, participant=who)

    correct_person(
        session,
        keyring,
        SYSTEM,
        make_request(session, keyring, who, kind=Kind.CORRECT),
        NewFacts("Nguyễn Văn An", unit_id=units[1].id),
        now=round.closes_at - MINUTE,
    )

    rows = session.execute(text("SELECT unit_id, turns FROM quiz_tally")).all()
    assert [tuple(row) for row in rows] == [(units[1].id, 1)]


def test_a_unit_corrected_after_the_close_moves_nothing_of_that_week_at_a_recount_either(session, keyring):
    units = [make_unit(session), make_unit(session, name="xã Minh Quang")]
    round = make_contest(session, units=units).rounds[0]
    who = make_participant(session, keyring, round.contest, unit=units[0])
    make_attempt(session, keyring, round, participant=who)

    correct_person(
        session,
        keyring,
        SYSTEM,
        make_request(session, keyring, who, kind=Kind.CORRECT),
        NewFacts("Nguyễn Văn An", unit_id=units[1].id),
        now=round.closes_at,
    )

    assert who.unit_id == units[1].id
    assert rebuild_tally(session, round) == []
    assert rank_round(session, round, now=NOW).differences == []
    assert session.execute(text("SELECT unit_id, turns FROM quiz_tally")).all() == [(units[0].id, 1)]


def test_an_erasure_leaves_an_ended_week_in_the_unit_of_its_close_and_no_fact(session, keyring):
    units = [make_unit(session), make_unit(session, name="xã Minh Quang")]
    round = make_contest(session, units=units).rounds[0]
    who = make_participant(session, keyring, round.contest, unit=units[0])
    make_attempt(session, keyring, round, participant=who)
    rank_round(session, round, now=round.closes_at + MINUTE)
    facts = NewFacts("Nguyễn Văn An", unit_id=units[1].id)
    correct_participants(session, keyring, [who.id], facts, round.results_at)

    erase_subjects(session, keyring, HOLDER, [who.id], now=NOW)

    assert rebuild_tally(session, round) == []
    kept = session.get(ParticipantVersion, (who.id, 1))
    assert (kept.unit_id, kept.sealed) == (units[0].id, b"")


def test_a_correction_into_another_person_is_refused(session, keyring, round, who):
    make_participant(session, keyring, round.contest, name="Lò Thị Bé", phone="0977123456")

    with pytest.raises(AlreadyRegistered):
        request = make_request(session, keyring, who, kind=Kind.CORRECT)
        correct_person(session, keyring, SYSTEM, request, NewFacts("Lò Thị Bé"), now=NOW)
