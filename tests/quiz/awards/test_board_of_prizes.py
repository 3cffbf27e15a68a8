"""The board of a contest whose prizes of units go by the rate names the same leader as they do."""

from datetime import date

import pytest
from hypothesis import given

from commune.models import Headcount
from quiz.awards.queries.collective import draft_collective
from quiz.awards.rules.collective import collective_awards
from quiz.boards.rules.board import BoardOrder, UnitLine, order_lines
from quiz.boards.views.board_words import prize_note
from quiz.contest.models import PrizeTier
from quiz.contest.rules.presets import Ties
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.results.operations.closing import rank_round
from tests.factories import make_attempt, make_contest, make_participant, make_unit
from tests.quiz.awards.test_collective_rules import UNITS
from tests.support.pages import Page

RATE = CollectiveMeasure.RATE


@given(UNITS)
def test_the_exact_board_has_the_ranks_of_the_prizes(units) -> None:
    lines = [UnitLine(each.ref, each.people, each.people, each.headcount) for each in units]

    ordered = order_lines(lines, BoardOrder.RATE, is_exact=True)

    ranks = {placed.line.ref: placed.rank for group in ordered.classes for placed in group.lines}
    assert ranks == {each.figures.ref: each.rank for each in collective_awards(units, [], RATE, Ties.SHARE)}


def test_the_exact_board_compares_units_of_all_sizes() -> None:
    lines = [UnitLine(at, at, at, 3_000 if at < 4 else 30_000) for at in range(1, 7)]

    classes = [len(order_lines(lines, BoardOrder.RATE, is_exact=is_exact).classes) for is_exact in (False, True)]

    assert classes == [2, 1]


@pytest.fixture
def villages(session, keyring):
    """Create a closed round of 1 in 100 people of one village and 3 in 310 of another."""
    commune = make_unit(session)
    small, large = (make_unit(session, kind="village", name=name, parent=commune) for name in ("thôn Nhỏ", "thôn Lớn"))
    for unit, people in ((small, 100), (large, 310)):
        session.add(Headcount(unit_id=unit.id, people=people, as_of=date(2026, 1, 1), source="Công an xã"))
    contest = make_contest(session, unit=commune, units=[small, large], weeks=1)
    contest.terms = PrizeTerms(measure=RATE).to_dict()
    for unit in (small, large, large, large):
        make_attempt(
            session, keyring, contest.rounds[0], participant=make_participant(session, keyring, contest, unit=unit)
        )
    rank_round(session, contest.rounds[0], now=contest.rounds[0].results_at)
    session.commit()
    return contest


def board(client, contest):
    return Page(client.get(f"/thi/{contest.slug}/bang?tuan=1&xep=dan").text).text


def test_with_prizes_by_rate_the_board_is_ordered_by_the_rate_itself(session, client, villages):
    villages.collective_tiers.append(PrizeTier(name="Giải Nhất", quantity=1, position=9, is_collective=True))
    session.commit()

    shown = board(client, villages)

    [prize] = draft_collective(session, villages, villages.rounds[0].results_at).winners
    assert (prize[1].figures.ref, shown.index("thôn Nhỏ") < shown.index("thôn Lớn")) == (
        villages.units[0].unit_id,
        True,
    )
    assert "Giải tập thể cũng xếp theo số người dự thi trên số dân, của cả cuộc thi" in shown
    assert "Xếp theo đúng số người thi chia cho số dân" in shown


def test_without_them_it_is_cautious_with_small_units_and_says_so(client, villages):
    shown = board(client, villages)

    assert shown.index("thôn Lớn") < shown.index("thôn Nhỏ")
    assert "thứ hạng được tính thận trọng hơn" in shown
    assert "Giải tập thể" not in shown


@pytest.mark.parametrize(
    ("measures", "order", "words"),
    [
        ([], BoardOrder.RATE, ""),
        ([CollectiveMeasure.TURNS], BoardOrder.TURNS, "Giải tập thể cũng xếp theo số lượt dự thi,"),
        ([CollectiveMeasure.WINNERS], BoardOrder.PEOPLE, "Bảng này xếp theo số người dự thi, nên thứ tự có thể khác."),
        ([RATE, CollectiveMeasure.POINTS], BoardOrder.RATE, "các bài được tính, mỗi cách xếp riêng, của cả cuộc thi."),
    ],
)
def test_a_board_says_what_prizes_go_by(app, measures, order, words):
    with app.test_request_context():
        assert words in prize_note(measures, order)
