"""The prizes of the whole contest: who is in line, the calls, the decision of two people."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import AuditEntry
from account.operations.audit import SYSTEM
from quiz.awards.operations.collective import DrawsOpen, RoundsOpen
from quiz.awards.operations.season import NoSeasonPrizes, check_season, decide_season
from quiz.awards.operations.season_calls import (
    confirm_season,
    miss_season,
    open_season_contacts,
    pass_season,
    recall_season,
)
from quiz.awards.queries.season import draft_season
from quiz.contest.models import PrizeTier
from quiz.contest.queries.face import contest_face
from quiz.contest.rules.actions import QuizAction
from quiz.results.operations import closing
from quiz.results.operations.closing import StillPending
from quiz.results.operations.unreached import NotCalled
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly
from quiz.results.queries.correction import find_at
from quiz.results.queries.result import decrypt_contacts
from tests.factories import make_account
from tests.quiz.results.test_exclusion import exclude

FIRST = "Giải Nhất chung cuộc"


@pytest.fixture
def over(session, season):
    """Return the contest with two prizes of the season, both weeks published."""
    season.season_tiers = [
        PrizeTier(position=8, name=FIRST, quantity=1, amount=3_000_000, is_season=True),
        PrizeTier(position=9, name="Giải Nhì chung cuộc", quantity=1, is_season=True),
    ]
    for round in season.rounds:
        closing.mark_published(session, round, now=round.results_at)
    session.commit()
    return season


@pytest.fixture
def now(over):
    return over.rounds[-1].results_at + timedelta(hours=1)


def rule(contest, **changes):
    contest.rules = contest.rules | changes


def seats_of(session, keyring, contest, now):
    seats = draft_season(session, contest, now).seats
    names = decrypt_contacts(session, keyring, [each.participant for each in seats])
    return [(names[each.participant_id].name, each.rank, each.tier and each.tier.name, each.state) for each in seats]


def opened(session, contest, now):
    account = make_account(session, unit=contest.unit)
    open_season_contacts(session, SYSTEM, contest, account_id=account.id, reason="Gọi xác nhận", now=now)


def unverified(session, contest, now, at=0):
    """Return the person of a seat, who has to be called."""
    person = draft_season(session, contest, now).seats[at].participant
    person.verified_at = None
    session.flush()
    return person


def decided(session, contest, now):
    seen = check_season(session, contest, now=now)
    return decide_season(session, SYSTEM, contest, seen=seen, reason="", now=now)


def test_prizes_go_down_the_standings_of_the_whole_contest(session, keyring, over, now):
    assert seats_of(session, keyring, over, now) == [
        ("Giàng A Páo", 1, FIRST, "confirmed"),
        ("=Lò Thị Bé", 2, "Giải Nhì chung cuộc", "confirmed"),
    ]


def test_a_contest_without_such_prizes_decides_nothing(session, over, now):
    over.season_tiers = []

    with pytest.raises(NoSeasonPrizes):
        check_season(session, over, now=now)


def test_nothing_is_decided_before_every_round_is_published(session, over, now):
    over.rounds[-1].published_at = None

    with pytest.raises(RoundsOpen):
        check_season(session, over, now=now)
    with pytest.raises(TooEarly):
        opened(session, over, now)


def test_a_decision_keeps_the_sums_and_is_made_once(session, over, now):
    decision = decided(session, over, now)

    first = decision.awards[0]
    assert (first.tier, first.amount, first.score, first.duration_ms, first.rounds) == (FIRST, 3_000_000, 8, 190_000, 2)
    with pytest.raises(NothingToDo):
        check_season(session, over, now=now)


def test_a_paper_that_is_not_recognised_any_more_asks_for_another_decision(session, over, now):
    decided(session, over, now)

    exclude(session, over.rounds[0], find_at(session, over.rounds[0], 1))
    over.rounds[0].published_at = over.rounds[0].results_at

    assert draft_season(session, over, now).seats[0].total.score == 8
    assert decided(session, over, now).version == 2


def test_a_decision_is_of_what_was_seen(session, over, now):
    with pytest.raises(Changed):
        decide_season(session, SYSTEM, over, seen="0" * 32, reason="", now=now)


def test_somebody_who_was_never_called_is_called_first(session, keyring, over, now):
    person = unverified(session, over, now)

    with pytest.raises(StillPending):
        check_season(session, over, now=now)
    with pytest.raises(NotCalled):
        confirm_season(session, keyring, SYSTEM, over, person.id, now=now)
    opened(session, over, now)
    confirm_season(session, keyring, SYSTEM, over, person.id, now=now)

    assert decided(session, over, now).awards[0].participant_id == person.id


def test_a_person_who_is_not_reached_gives_way_and_can_be_called_again(session, keyring, over, now):
    person = unverified(session, over, now)
    opened(session, over, now)
    miss_season(session, keyring, SYSTEM, over, person.id, now=now)
    with pytest.raises(NothingToDo):
        miss_season(session, keyring, SYSTEM, over, person.id, now=now)

    pass_season(session, keyring, SYSTEM, over, person.id, reason="Số máy không đúng", now=now)

    assert [(tier, state) for _name, _rank, tier, state in seats_of(session, keyring, over, now)] == [
        (FIRST, "passed"),
        (FIRST, "confirmed"),
        ("Giải Nhì chung cuộc", "confirmed"),
    ]
    recall_season(session, keyring, SYSTEM, over, person.id, now=now)
    assert draft_season(session, over, now).seats[0].state == "pending"


def test_a_decision_records_how_many_were_passed_over(session, keyring, over, now):
    person = unverified(session, over, now)
    opened(session, over, now)
    pass_season(session, keyring, SYSTEM, over, person.id, reason="Số máy không đúng", now=now)

    decision = decided(session, over, now)

    assert person.id not in [each.participant_id for each in decision.awards]
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == QuizAction.SEASON_DECIDE)).one()
    assert json.loads(entry.after)["passed"] == 1


def test_the_second_of_a_family_phone_is_called_for_themselves(session, over, now):
    first, second = (each.participant for each in draft_season(session, over, now).seats)
    second.phone_hash, second.phone_slot = first.phone_hash, 2

    assert [each.state for each in draft_season(session, over, now).seats] == ["confirmed", "pending"]


def test_who_has_as_many_prizes_as_the_rules_allow_keeps_the_rank_and_gives_way(session, keyring, over, now):
    rule(over, most_prizes=2)

    draft = draft_season(session, over, now)

    assert [each.rank for each in draft.barred] == [1, 2]
    assert [each.rank for each in draft.seats] == [3, 4]


def test_a_rest_after_a_weekly_prize_and_all_right_only_leave_the_season_alone(session, over, now):
    rule(over, rest_rounds=3, all_right_only=True)

    assert [each.rank for each in draft_season(session, over, now).seats] == [1, 2]


def tie(contest):
    """Let the season go by right answers alone, so that the first two are equal."""
    rule(contest, season=contest.rules["season"] | {"ties": []})


def test_people_of_equal_rank_share_a_prize(session, over, now):
    tie(over)

    assert [(each.rank, each.tier.name) for each in draft_season(session, over, now).seats] == [(1, FIRST), (1, FIRST)]


def test_people_of_equal_rank_wait_for_the_draw_where_the_rules_say_so(session, over, now):
    tie(over)
    rule(over, ties="draw")

    with pytest.raises(DrawsOpen):
        check_season(session, over, now=now)


def test_more_equals_than_may_share_wait_for_the_draw(session, over, now):
    tie(over)
    rule(over, most_sharing=1)

    assert draft_season(session, over, now).draws == 2


def test_prizes_of_the_whole_contest_are_none_of_each_round(session, over, now):
    assert contest_face(session, over, now).prizes == over.prizes_each_round == 4
