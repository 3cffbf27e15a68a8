"""Prizes that people have received: recorded by a person, listed while they wait, never lapsing by themselves."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from core import clock
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.contest.rules.terms import PrizeTerms
from quiz.results.models import PrizeClaim, Winner
from quiz.results.operations import closing
from quiz.results.operations.claims import record_claim, withdraw_claim
from quiz.results.operations.versions import NothingToDo
from quiz.results.queries.claims import claims_until
from quiz.results.queries.result import list_winners
from tests.factories import make_attempt, make_contest, make_participant
from tests.support.calls import confirm_winner
from tests.support.staff import TOKEN


@pytest.fixture
def week(session, keyring):
    """Create a published round with two confirmed prizes, to be claimed within five days that are over."""
    contest = make_contest(session, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)))
    contest.terms = PrizeTerms(claim_days=5).to_dict()
    round = contest.rounds[0]
    for at, name in enumerate(("Giàng A Páo", "Lò Thị Bé")):
        person = make_participant(session, keyring, contest, name=name)
        make_attempt(session, keyring, round, participant=person, seconds=100 + at)
    result = closing.rank_round(session, round, now=round.closes_at + SETTLING)
    for winner in list_winners(session, result):
        confirm_winner(session, round, winner.participant_id, now=round.closes_at)
    closing.mark_published(session, round, now=round.results_at)
    session.commit()
    return round


def page_of(week):
    return f"/quan-tri/cuoc-thi/{week.contest.slug}/tuan/1/nhan-giai"


def press(client, week, who, answer):
    token = TOKEN.search(client.get(page_of(week)).text)[1]
    return client.post(f"{page_of(week)}/{who}/{answer}", data={"csrf_token": token})


def first_of(session):
    return session.scalars(select(Winner).where(Winner.rank == 1)).one().participant_id


def test_prizes_that_wait_after_the_deadline_are_listed_and_stay(organiser, week):
    page = organiser.get(page_of(week)).text

    assert "Còn 2 giải quá hạn chưa ai nhận. Không giải nào tự mất" in page
    assert "Giàng A Páo" not in page


def test_the_days_to_claim_end_with_the_last_of_them(organiser, week, monkeypatch):
    until = week.opens_at + timedelta(days=7 + 6)  # published on the Monday after, five whole days more

    assert claims_until(week) == until
    for late, words in ((timedelta(milliseconds=-1), False), (timedelta(0), True)):
        monkeypatch.setattr(clock, "now", lambda late=late: until + late)
        assert ("quá hạn chưa ai nhận" in organiser.get(page_of(week)).text) is words


@pytest.mark.parametrize("published", [None, timedelta(hours=1)])
def test_nothing_is_received_before_the_publication(organiser, session, week, published):
    week.published_at = None if published is None else clock.now() + published
    session.commit()

    with pytest.raises(NothingToDo):
        record_claim(session, SYSTEM, week, first_of(session), now=clock.now())
    assert organiser.get(page_of(week)).status_code == 302


def test_a_record_that_does_not_exist_is_not_taken_back(session, week):
    with pytest.raises(NothingToDo):
        withdraw_claim(session, SYSTEM, week, first_of(session), now=week.results_at)


def test_a_received_prize_is_recorded_once_and_audited(organiser, session, week):
    for _ in range(2):
        press(organiser, week, first_of(session), "da-nhan")

    session.expire_all()
    assert session.scalars(select(PrizeClaim.tier)).all() == ["Giải Nhất"]
    deeds = session.scalars(select(AuditEntry).where(AuditEntry.action == QuizAction.PRIZE_RECEIVE)).all()
    assert len(deeds) == 1


def test_a_wrong_record_is_taken_back_and_both_stay_in_the_trail(organiser, session, week):
    press(organiser, week, first_of(session), "da-nhan")
    press(organiser, week, first_of(session), "chua-nhan")

    session.expire_all()
    assert session.scalars(select(PrizeClaim)).all() == []
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.number.desc()).limit(2)).all()
    assert actions == [QuizAction.PRIZE_UNRECEIVE, QuizAction.PRIZE_RECEIVE]


def test_a_prize_that_is_not_confirmed_is_not_given(organiser, session, week):
    winner = session.scalars(select(Winner).where(Winner.rank == 2)).one()
    winner.state = "pending"
    session.commit()

    press(organiser, week, winner.participant_id, "da-nhan")

    session.expire_all()
    assert session.scalars(select(PrizeClaim)).all() == []
