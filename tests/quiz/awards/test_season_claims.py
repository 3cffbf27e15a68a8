"""Prizes of the whole contest that people have received: by the model, page and deeds of those of a round."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from account.models import Approval, AuditEntry
from account.operations.audit import SYSTEM
from core import clock, schema
from core.web.extensions import db
from quiz.contest.models import PrizeTier
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.terms import PrizeTerms
from quiz.results.models import PrizeClaim
from quiz.results.operations import closing
from quiz.results.operations.claims import record_claim, withdraw_claim
from quiz.results.operations.versions import NothingToDo
from quiz.results.queries.claims import list_claims, season_claims_until
from quiz.results.queries.season_prizes import find_season_decision
from tests.support.approval import agree
from tests.support.pages import Page
from tests.support.staff import TOKEN, desk_in, send

FIRST = "Giải Nhất chung cuộc"


@pytest.fixture
def over(session, season):
    """Return the contest with a prize of the season to be claimed within five days, both weeks published."""
    season.season_tiers = [PrizeTier(position=8, name=FIRST, quantity=1, amount=3_000_000, is_season=True)]
    season.terms = PrizeTerms(claim_days=5).to_dict()
    for round in season.rounds:
        closing.mark_published(session, round, now=round.results_at)
    session.commit()
    return season


@pytest.fixture
def organiser(app, session, over):
    return desk_in(app, session, over.unit)


@pytest.fixture
def decision(app, session, organiser, over):
    send(organiser, path_of(over), to=f"{path_of(over)}/de-nghi", reason="")
    agree(app, session, session.scalars(select(Approval)).one())
    return find_season_decision(session, over)


def path_of(contest):
    return f"/quan-tri/cuoc-thi/{contest.slug}/giai-chung-cuoc"


def press(client, contest, who, answer):
    page = f"{path_of(contest)}/nhan-giai"
    return client.post(f"{page}/{who}/{answer}", data={"csrf_token": TOKEN.search(client.get(page).text)[1]})


def test_before_the_decision_nothing_is_received(organiser, session, over):
    assert organiser.get(f"{path_of(over)}/nhan-giai").status_code == 302
    with pytest.raises(NothingToDo):
        record_claim(session, SYSTEM, over, uuid4(), now=clock.now())


def test_a_received_prize_is_recorded_once_and_taken_back_in_the_trail(organiser, session, over, decision):
    who = decision.awards[0].participant_id
    for _ in range(2):
        press(organiser, over, who, "da-nhan")
    session.expire_all()
    kept = [(each.round_id, each.tier) for each in session.scalars(select(PrizeClaim))]
    press(organiser, over, who, "chua-nhan")

    session.expire_all()
    actions = session.scalars(select(AuditEntry.action).order_by(AuditEntry.number.desc()).limit(2)).all()
    assert kept == [(None, FIRST)]
    assert session.scalars(select(PrizeClaim)).all() == []
    assert actions == [QuizAction.PRIZE_UNRECEIVE, QuizAction.PRIZE_RECEIVE]


def test_the_page_names_the_winner_and_says_when_the_days_are_over(organiser, session, over, decision):
    until, decided_at = season_claims_until(over, decision), decision.decided_at
    within = Page(organiser.get(f"{path_of(over)}/nhan-giai").text).text
    decision.decided_at -= timedelta(days=6)
    session.commit()

    late = Page(organiser.get(f"{path_of(over)}/nhan-giai").text).text

    assert timedelta(days=5) < until - decided_at <= timedelta(days=6)
    assert "Giải Nhất chung cuộc chưa nhận Giàng A Páo" in within
    assert "quá hạn" not in within
    assert "Còn 1 giải quá hạn chưa ai nhận" in late


@pytest.mark.both_databases
def test_a_prize_of_a_round_and_one_of_the_whole_contest_are_two_receipts(session, over, decision):
    who, now = decision.awards[0].participant_id, clock.now()
    for of in (over, over.rounds[0]):
        record_claim(session, SYSTEM, of, who, now=now)
    with pytest.raises(NothingToDo), session.begin_nested():
        record_claim(session, SYSTEM, over, who, now=now)

    withdraw_claim(session, SYSTEM, over, who, now=now)

    assert list_claims(session, over) == {}
    assert list(list_claims(session, over.rounds[0])) == [who]


@pytest.mark.both_databases
def test_receipts_of_rounds_outlive_the_program_before_and_those_of_the_whole_do_not(session, over, decision):
    who, round_id = decision.awards[0].participant_id, over.rounds[0].id
    for of in (over, over.rounds[0]):
        record_claim(session, SYSTEM, of, who, now=clock.now())
    session.commit()
    session.close()

    schema.downgrade(db.engine, "0113")
    schema.upgrade(db.engine)

    kept = [(each.round_id, each.participant_id) for each in session.scalars(select(PrizeClaim))]
    assert kept == [(round_id, who)]
