"""The defence of units: the figure that decides between two, in a sentence, with the article of the rules."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commune.models import Headcount
from core.values.week import local_date
from quiz.awards.labels import rate_places, rate_words
from quiz.awards.manage.unit_words import prize_page
from quiz.awards.queries.collective import draft_collective
from quiz.awards.rules.collective import collective_awards
from quiz.awards.rules.unit_comparison import UnitOutcome, UnitSide, board_side, compare_units
from quiz.boards.rules.board import BoardOrder, UnitLine, order_lines
from quiz.contest.rules.presets import Ties
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from tests.quiz.awards.test_collective import organiser, page_of, week  # noqa: F401 fixtures
from tests.quiz.awards.test_collective_rules import UNITS


@given(UNITS.filter(lambda units: len(units) > 1), st.sampled_from(CollectiveMeasure))
def test_the_better_unit_of_a_pair_is_the_better_one_of_the_prizes(units, measure) -> None:
    ranks = {each.figures.ref: each.rank for each in collective_awards(units, [], measure, Ties.SHARE)}
    one, other = (UnitSide(each.ref, each.value(measure), ranks.get(each.ref)) for each in units[:2])

    found = compare_units(one, other)

    if found.outcome is UnitOutcome.AHEAD:
        assert found.upper.value > found.lower.value
    elif found.outcome is UnitOutcome.TIE:
        assert found.upper.value == found.lower.value
    else:
        assert found.lower.rank is None


def test_units_of_two_classes_of_a_board_are_not_compared() -> None:
    lines = [UnitLine(at, 9, 9, 3_000 if at < 4 else 30_000) for at in range(1, 7)] + [UnitLine(7, 9, 9)]
    ordered = order_lines(lines, BoardOrder.RATE)
    sides = {ref: board_side(ref, ordered, BoardOrder.RATE) for ref in (1, 2, 4, 7)}

    outcomes = [compare_units(sides[1], sides[other]).outcome for other in (2, 4, 7)]

    assert outcomes == [UnitOutcome.TIE, UnitOutcome.APART, UnitOutcome.UNLISTED]


def test_near_rates_are_written_with_as_many_decimals_as_tell_them_apart() -> None:
    rates = [Fraction(52_301, 4_200_000), Fraction(52_302, 4_200_000)]

    places = rate_places(rates)

    assert [rate_words(each, places) for each in rates] == [
        "12,4526 người trên 1.000 dân",
        "12,4529 người trên 1.000 dân",
    ]


def compare(client, week, **more):  # noqa: F811
    one, other = (each.unit_id for each in week.contest.units)
    words = {"mot": str(other), "hai": str(one), **more}
    return client.get(f"{page_of(week)}/doi-chieu", query_string=words).text


def test_only_the_declared_measure_is_marked_as_the_one_that_decides(app, session, week):  # noqa: F811
    draft = draft_collective(session, week.contest, week.results_at)
    one, other = (each.unit_id for each in week.contest.units)

    with app.test_request_context():
        page = prize_page(week.contest, draft, one, other, draft.lists[0])

    assert [row.label for row in page.rows if row.decides] == ["Số người dự thi"]


def test_a_prize_is_defended_by_the_declared_measure_and_its_article(organiser, week):  # noqa: F811
    page = compare(organiser, week)

    assert "Xếp theo số người dự thi: xã Xuân Lập 3 người dự thi, xã Phúc Yên 2 người dự thi; hơn nhau 1 người" in page
    assert "Giải tập thể xếp theo số người dự thi." in page
    assert "Giải Nhất tập thể" in page
    assert page.index("xã Xuân Lập và xã Phúc Yên") > 0


def test_a_rate_says_people_and_headcount_and_a_unit_without_one_is_not_placed(organiser, session, week):  # noqa: F811
    day = local_date(week.opens_at)
    session.add(Headcount(unit_id=week.contest.unit_id, people=4_200, as_of=day, source="Thống kê"))
    week.contest.headcounts_fixed_at = None
    week.contest.terms = PrizeTerms(measure=CollectiveMeasure.RATE).to_dict()
    session.commit()

    page = compare(organiser, week)

    assert "xã Xuân Lập 0,7 người trên 1.000 dân (3 trong 4.200 dân), còn xã Phúc Yên không được xếp" in page


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"theo": "nguoi"}, "Trên bảng, xã Xuân Lập 3 người dự thi, xã Phúc Yên 2 người dự thi; hơn nhau 1 người"),
        ({"hai": ""}, "Chọn hai đơn vị"),
        ({"mot": "99999"}, "Chọn hai đơn vị"),
    ],
)
def test_the_address_names_the_board_and_the_units(organiser, week, more, words):  # noqa: F811
    assert words in compare(organiser, week, **more)


def test_one_unit_is_not_compared_with_itself(organiser, week):  # noqa: F811
    unit = str(week.contest.unit_id)

    assert "Hai đơn vị giống nhau" in compare(organiser, week, mot=unit, hai=unit)
