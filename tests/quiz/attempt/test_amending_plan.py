"""Amendments of dates and prizes: what may change when, what earlier rounds keep, and what everybody reads."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from account.models import Approval
from core.clock import MILLISECOND
from quiz.attempt.operations import amending
from quiz.contest.models import PrizeTier, RulesAmendment
from quiz.contest.rules.amendments import DateRefusal, Loss
from quiz.contest.rules.plan import Mistake
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import Span
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.operations import closing
from quiz.results.queries.result import find_result, list_winners
from tests.factories import make_account, make_attempt
from tests.quiz.attempt.test_amending import alone, contest, during  # noqa: F401 fixtures
from tests.support.approval import agree, as_approver_reads
from tests.support.pages import Page
from tests.support.staff import desk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def moved(contest, number, *, opens=0 * HOUR, closes=0 * HOUR, results=0 * HOUR):  # noqa: F811
    plan = amending.plan_of(contest)
    was = plan.spans[number]
    span = Span(was.opens_at + opens, was.closes_at + closes, was.results_at + results)
    return replace(plan, spans={**plan.spans, number: span})


def amend(session, actor, contest, plan, now, *, number=2, **more):  # noqa: F811
    after = amending.Declaration(contest.rounds[number - 1].declared, plan)
    return amending.amend_rules(session, actor, contest, number, after, reason="Mất điện", now=now, **more)


def test_an_open_round_is_prolonged_and_the_others_stay(session, contest, during, alone):  # noqa: F811
    contest.rounds[1].same_week = True
    closes, paper = contest.rounds[0].closes_at, contest.rounds[0].paper_version

    made = amend(session, alone, contest, moved(contest, 1, closes=6 * HOUR), during)

    assert contest.rounds[0].closes_at == closes + 6 * HOUR
    assert (made.from_round, contest.rounds[0].paper_version) == (1, paper)


@pytest.mark.parametrize(
    ("number", "change", "why"),
    [
        (1, {"closes": -HOUR}, DateRefusal.BEGUN),
        (1, {"opens": HOUR}, DateRefusal.BEGUN),
        (1, {"closes": HOUR}, Mistake.OVERLAPS),
        (2, {"opens": -14 * DAY}, DateRefusal.PAST),
        (2, {"closes": 2 * DAY}, Mistake.RESULTS_FIRST),
    ],
)
def test_dates_that_a_round_does_not_take(session, contest, during, alone, number, change, why):  # noqa: F811
    with pytest.raises(amending.DatesRefused) as refused:
        amend(session, alone, contest, moved(contest, number, **change), during, says_losses=True)

    assert refused.value.why is why


def test_a_round_that_is_over_keeps_its_dates(session, contest, alone):  # noqa: F811
    with pytest.raises(amending.DatesRefused) as refused:
        amend(session, alone, contest, moved(contest, 1, results=HOUR), contest.rounds[0].closes_at, number=3)

    assert refused.value.why is DateRefusal.OVER


def test_a_loss_has_to_be_said(session, contest, during, alone):  # noqa: F811
    plan = moved(contest, 3, closes=-DAY)
    plan = replace(plan, tiers=(Tier("Giải Nhất", 1), Tier("Giải Nhì", 1)))

    with pytest.raises(amending.LossNotSaid) as refused:
        amend(session, alone, contest, plan, during)

    assert refused.value.found == [Loss.CLOSES_EARLIER, Loss.FEWER_PRIZES]
    amend(session, alone, contest, plan, during, says_losses=True)


def test_earlier_rounds_keep_their_prizes_at_their_close(session, keyring, contest, during, alone):  # noqa: F811
    for _ in range(3):
        make_attempt(session, keyring, contest.rounds[0])
    more = replace(amending.plan_of(contest), tiers=(Tier("Giải Đặc biệt", 1, 5_000_000), *contest.rounds[0].tiers))

    with pytest.raises(amending.LossNotSaid) as refused:
        amend(session, alone, contest, more, during, number=3)
    amend(session, alone, contest, more, during, number=3, says_losses=True)
    closing.rank_round(session, contest.rounds[0], now=contest.rounds[0].closes_at + HOUR)

    assert refused.value.found == [Loss.OTHER_PRIZE]
    names = [[tier.name for tier in round.tiers] for round in contest.rounds]
    assert names == [["Giải Nhất", "Giải Nhì"]] * 2 + [["Giải Đặc biệt", "Giải Nhất", "Giải Nhì"]]
    winners = list_winners(session, find_result(session, contest.rounds[0]))
    assert {winner.tier for winner in winners} == {"Giải Nhất"}


def test_public_pages_name_the_prizes_of_the_open_round(client, session, contest, during, alone):  # noqa: F811
    more = replace(amending.plan_of(contest), tiers=(Tier("Giải Đặc biệt", 1, 5_000_000), *contest.rounds[0].tiers))
    amend(session, alone, contest, more, during, number=3, says_losses=True)
    session.commit()

    door = Page(client.get(f"/thi/{contest.slug}").text).text
    registration = Page(client.get(f"/thi/{contest.slug}/dang-ky").text).text

    assert "3 giải mỗi tuần" in door
    assert "Giải của tuần 1. Các tuần sau có giải khác" in door
    assert "3 giải mỗi tuần" in registration


def test_dates_and_prizes_that_changed_since_the_request_are_not_amended(session, contest, during, alone):  # noqa: F811
    seen = amending.Declaration(contest.rounds[1].declared, amending.plan_of(contest))
    asked = moved(contest, 3, closes=HOUR)
    amend(session, alone, contest, replace(seen.plan, tiers=(*seen.plan.tiers, Tier("Giải Ba", 3))), during)

    with pytest.raises(amending.SameRules):
        amend(session, alone, contest, asked, during, seen=seen, says_losses=True)

    assert [tier.name for tier in contest.tiers] == ["Giải Nhất", "Giải Nhì", "Giải Ba"]


def test_prizes_do_not_change_from_a_round_that_has_opened(session, contest, during, alone):  # noqa: F811
    more = replace(amending.plan_of(contest), tiers=(Tier("Giải Đặc biệt", 1), *contest.rounds[0].tiers))

    with pytest.raises(amending.RoundHasOpened):
        amend(session, alone, contest, more, during, number=1)


@pytest.mark.parametrize(
    "change",
    [
        lambda was: (*was, Tier("Giải Đặc biệt về tỷ lệ", 1, 50_000_000, measure=CollectiveMeasure.RATE)),
        lambda was: tuple(replace(each, measure=CollectiveMeasure.RATE) for each in was),
        lambda was: tuple(replace(each, amount=9_000_000) for each in was),
    ],
)
def test_prizes_of_units_change_while_a_round_opens_a_day_later_alone(session, contest, alone, change):  # noqa: F811
    contest.collective_tiers = [
        PrizeTier(position=9, name="Giải Nhất tập thể", quantity=1, amount=5_000_000, is_collective=True)
    ]
    plan = amending.plan_of(contest)
    changed, last = replace(plan, collective=change(plan.collective)), contest.rounds[-1]

    for now in (last.opens_at - DAY + MILLISECOND, last.closes_at - MILLISECOND, last.closes_at):
        with pytest.raises(amending.UnitPrizesFixed):
            amend(session, alone, contest, changed, now, number=3, says_losses=True)
    amend(session, alone, contest, changed, last.opens_at - DAY, number=3, says_losses=True)


def test_another_measure_of_a_prize_of_units_is_a_loss(session, contest, during, alone):  # noqa: F811
    contest.collective_tiers = [PrizeTier(position=9, name="Giải Nhất tập thể", quantity=1, is_collective=True)]
    plan = amending.plan_of(contest)
    by_rate = tuple(replace(each, measure=CollectiveMeasure.RATE) for each in plan.collective)

    with pytest.raises(amending.LossNotSaid):
        amend(session, alone, contest, replace(plan, collective=by_rate), during)


def test_a_second_amendment_holds_for_all_later_rounds(session, contest, during, alone):  # noqa: F811
    for number, name in ((3, "Giải Ba"), (2, "Giải Tư")):
        plan = amending.plan_of(contest)
        amend(session, alone, contest, replace(plan, tiers=(*plan.tiers, Tier(name, 1))), during, number=number)

    assert [len(round.tiers) for round in contest.rounds] == [2, 4, 4]


def test_two_people_change_dates_and_prizes_and_everybody_reads_it(app, session, client, contest):  # noqa: F811
    account = make_account(session, unit=contest.unit)
    session.commit()
    organiser, path = desk(app, account), f"/quan-tri/cuoc-thi/{contest.slug}/sua-doi-the-le"
    form = next(form for form in Page(organiser.get(path).text).forms if form.value("reason") is not None)
    later = (contest.rounds[2].results_at + 2 * DAY).date().isoformat()
    typed = {"from_round": "3", "reason": "Bão số 5", "rounds-2-results_day": later, "tiers": "Giải Nhất: 2"}

    refused = organiser.post(path, data=dict(form.filled(**typed)))
    asked = organiser.post(path, data=dict(form.filled(**typed, says_losses="y")))

    assert refused.status_code == 422
    assert "bớt điều đã công bố: kết quả muộn hơn, có giải ít đi" in refused.text
    assert asked.status_code == 303
    assert "Giải Nhất, mỗi tuần 1 giải → 2 giải" in as_approver_reads(app, session, "rules.amend", contest.unit)
    agree(app, session, session.scalars(select(Approval)).one())
    shown = Page(client.get(f"/thi/{contest.slug}").text).text
    assert "Bất lợi cho người thi so với đã công bố: kết quả muộn hơn có giải ít đi" in shown
    assert [len(round.tiers) for round in contest.rounds] == [2, 2, 1]
    amendment = session.scalars(select(RulesAmendment)).one()
    assert amendment.before == amendment.after


def test_a_board_whose_last_days_are_hidden_stays_so_when_the_round_is_prolonged(session, contest, during, alone):  # noqa: F811
    contest.rounds[1].same_week = True
    round = contest.rounds[0]
    amend(session, alone, contest, moved(contest, 1, closes=4 * HOUR), during)
    last, held = round.closes_at - HOUR, round.board_held_at
    shown = round.shown_until(last)

    amend(session, alone, contest, moved(contest, 1, closes=3 * DAY, results=3 * DAY), last)

    assert held is None
    assert round.shown_until(round.closes_at - MILLISECOND) == shown
    assert round.shown_until(round.closes_at) > shown
