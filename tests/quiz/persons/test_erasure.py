"""An erased participant can not be found and counts in no open week; what was published verifies as before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from account.operations.audit import SYSTEM
from core.crypto import new_code
from core.person_keys import PersonKey
from privacy.operations import answers
from privacy.operations.erasure import erase_subjects
from privacy.queries.requests import read_asker
from privacy.rules.deadlines import Kind
from quiz.attempt.models import AnswerSheet
from quiz.attempt.operations.attempt import Restricted, Submission, TimeOver, start_attempt, submit_attempt
from quiz.attempt.operations.paper_sheets import key_first
from quiz.attempt.operations.sheet_printing import print_sheets
from quiz.attempt.operations.tally import rebuild_tally
from quiz.attempt.queries.attempt import find_attempt
from quiz.attempt.rules import commitment
from quiz.attempt.rules.keying import KeyedPaper
from quiz.contest.models import Participant
from quiz.persons.operations.erasure import forget_participants
from quiz.persons.operations.holder import HOLDER
from quiz.results.models import StandingRow, Winner
from quiz.results.operations.remark import preview_remark, remark_round
from quiz.results.queries.result import find_result
from tests.factories import make_account, make_attempt, make_participant
from tests.quiz.persons.test_consent import consent_of, publish
from tests.support.persons import NOW, make_request, round, who

__all__ = ["round", "who"]

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def verify(session, round):
    """Check a round as anybody can who does not know its participants; return its figures and ranks."""
    for sheet in session.scalars(select(AnswerSheet)):
        answers = commitment.read_answers(sheet.answers)
        assert sheet.attempt.answers_commitment == commitment.of_answers(sheet.salt, answers, sheet.guess)
    assert rebuild_tally(session, round) == []
    result = find_result(session, round)
    return (
        result.turns,
        result.people,
        [row.rank for row in session.scalars(select(StandingRow).order_by(StandingRow.position))],
    )


@pytest.mark.both_databases
def test_erasure_after_the_publication_removes_only_the_name(client, session, keyring, round, who):
    make_attempt(session, keyring, round, seconds=200)
    publish(session, round)
    before = verify(session, round)
    assert "Vàng Seo Páo" in client.get(f"/thi/{round.contest.slug}/tuan/1").text

    done = answers.erase(session, keyring, make_request(session, keyring, who), actor=SYSTEM, now=NOW)
    session.commit()

    assert done
    assert verify(session, round) == before == (2, 2, [1, 2])
    page = client.get(f"/thi/{round.contest.slug}/tuan/1")
    assert (page.status_code, "Páo" in page.text) == (200, False)
    assert session.get(Participant, who.id).person_id is None


def test_a_sheet_that_waits_does_not_bring_an_erased_person_back(session, keyring, round, who):
    first, at = make_account(session), round.opens_at + HOUR
    sheets = print_sheets(session, SYSTEM, round, 2, now=at)
    reading = KeyedPaper("vàng seo páo", "0977123456", 1964, who.unit_id, ["taking-part"], {}, None)
    key_first(session, keyring, first.id, sheets[0], reading, now=at)
    key_first(session, keyring, first.id, sheets[1], replace(reading, name="Giàng A Sử"), now=at)

    forget_participants(session, keyring, [who.id], at)

    assert [(each.sealed is None, each.first_by_id) for each in sheets] == [(True, None), (False, first.id)]


def test_an_erased_person_can_not_be_found(session, keyring, round, who):
    publish(session, round)
    old = {name: getattr(who, name) for name in ("identity_hash", "phone_hash", "code_hash", "sealed")}
    request = make_request(session, keyring, who)

    answers.erase(session, keyring, request, actor=SYSTEM, now=NOW)

    erased = session.get(Participant, who.id)
    assert [name for name in old if getattr(erased, name) == old[name]] == []
    assert session.execute(text("SELECT count(*) FROM quiz_participant_word")).scalar() == 0
    assert session.scalar(select(func.count()).select_from(PersonKey)) == 0
    assert consent_of(session, who, "named")[0].withdrawn_at == NOW
    assert read_asker(session, keyring, request) is None


def test_an_erased_person_can_register_again_as_a_new_one(session, keyring, round, who):
    erase_subjects(session, keyring, HOLDER, [who.id], now=NOW)

    again = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", phone="0977123456")

    assert again.id != who.id


def test_an_erased_person_who_enters_again_in_an_open_week_is_ranked_once(session, keyring, round, who):
    now = round.opens_at + timedelta(hours=3)
    erase_subjects(session, keyring, HOLDER, [who.id], now=now)
    again = make_participant(session, keyring, round.contest, name="Vàng Seo Páo", phone="0977123456", now=now)
    make_attempt(session, keyring, round, participant=again, started_at=now)
    publish(session, round)

    result = find_result(session, round)

    assert (result.turns, result.people, rebuild_tally(session, round)) == (2, 1, [])
    assert [row.participant_id for row in session.scalars(select(StandingRow).order_by(StandingRow.position))] == [
        again.id
    ]
    assert [each.participant_id for each in session.scalars(select(Winner))] == [again.id]


def test_a_week_with_an_erased_paper_is_re_marked_without_it(session, keyring, round, who):
    erase_subjects(session, keyring, HOLDER, [who.id], now=round.opens_at + HOUR)
    make_attempt(session, keyring, round)
    publish(session, round)
    question = round.questions[0]
    fix = next(choice.letter for choice in question.choices if choice.letter not in question.key)

    shown = preview_remark(session, round, question.position, fix)
    result = remark_round(
        session, SYSTEM, round, question.position, fix, reason="Có đơn phản ánh", seen=shown.preview.digest, now=NOW
    )

    assert (result.version, result.people) == (2, 1)


def test_a_paper_submitted_during_its_authors_erasure_is_refused(session, keyring, round, who):
    writes = make_participant(session, keyring, round.contest)
    attempt = find_attempt(session, start_attempt(session, round, writes, now=round.opens_at).id)
    erase_subjects(session, keyring, HOLDER, [writes.id], now=round.opens_at + MINUTE)

    with pytest.raises(TimeOver):
        submit_attempt(session, keyring, attempt, Submission({}, 1, new_code()), now=round.opens_at + 2 * MINUTE)


def test_a_person_erased_at_the_same_time_can_not_begin_a_paper(session, keyring, round):
    late = make_participant(session, keyring, round.contest)
    answers.erase(session, keyring, make_request(session, keyring, late), actor=SYSTEM, now=round.opens_at)

    with pytest.raises(Restricted):
        start_attempt(session, round, session.get(Participant, late.id), now=round.opens_at + HOUR)


def test_a_restricted_person_is_not_named_not_called_and_can_not_begin_a_paper(client, session, keyring, round, who):
    publish(session, round)
    request = make_request(session, keyring, who, kind=Kind.RESTRICT)

    answers.restrict(session, request, actor=SYSTEM, now=NOW)
    session.commit()

    assert "Páo" not in client.get(f"/thi/{round.contest.slug}/tuan/1").text
    with pytest.raises(Restricted):
        start_attempt(session, round.contest.rounds[1], who, now=round.contest.rounds[1].opens_at)
    answers.lift(session, request, actor=SYSTEM, now=NOW)
    session.commit()
    assert "Vàng Seo Páo" in client.get(f"/thi/{round.contest.slug}/tuan/1").text
