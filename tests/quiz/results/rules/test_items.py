"""Statistics of questions from counts alone, compared with the direct calculation over the papers."""

import random
from collections import Counter
from statistics import correlation, covariance, fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quiz.results.rules.items import (
    Alarm,
    alarms,
    count_choices,
    effective_weights,
    item_figures,
    mark_counts,
    rival,
    top_band,
    totals,
)

KEY = {str(number): frozenset("ABCD"[number % 4]) for number in range(10)}


def papers_of(seed, count):
    """Return random papers, in which able people are right more often, and some leave questions out."""
    hazard, found = random.Random(seed), []
    for _ in range(count):
        skill = hazard.choice((0.3, 0.6, 0.9))
        paper = {}
        for number, (question, right) in enumerate(KEY.items()):
            if hazard.random() < skill * (1 - number / 30):
                paper[question] = sorted(right)
            elif hazard.random() < 0.9:
                paper[question] = [hazard.choice("ABCD")]
        found.append(paper)
    return found


def directly(papers, question):
    """Return facility, deviation, index, efficiency and covariance with the total, from lists of marks."""
    marks = [[int(frozenset(paper.get(each, ())) == right) for each, right in KEY.items()] for paper in papers]
    at = list(KEY).index(question)
    own, rest = [each[at] for each in marks], [sum(each) - each[at] for each in marks]
    best = covariance(sorted(own), sorted(rest))
    with_total = covariance(own, [sum(each) for each in marks])
    return fmean(own), stdev(own), 100 * correlation(own, rest), 100 * covariance(own, rest) / best, with_total


def test_the_counts_give_what_the_papers_give():
    papers = papers_of(14, 4_000)
    choices = count_choices([(paper, 1) for paper in papers], KEY, is_drawn=False)
    counts = [mark_counts(choices[question], "".join(right)) for question, right in KEY.items()]
    expected = [directly(papers, question) for question in KEY]

    found = [item_figures(each) for each in counts]

    for figures, direct in zip(found, expected, strict=True):
        assert figures.papers == 4_000
        assert (figures.facility, figures.deviation) == pytest.approx(direct[:2], rel=1e-9)
        assert (figures.index, figures.efficiency) == pytest.approx(direct[2:4], abs=1e-9)
    roots = [direct[4] ** 0.5 for direct in expected]
    assert effective_weights(counts) == pytest.approx([100 * root / sum(roots) for root in roots], abs=1e-9)


def marks_of_22_papers():
    """Return the marks of 22 papers in 20 questions of 1 to 8 points, with part marks; later questions are harder."""
    hazard, papers = random.Random(2220), []
    for at in range(22):
        skill = (at + 1) / 23
        papers.append(
            [sum(hazard.random() < skill * (1 - number / 40) for _ in range(1 + number % 8)) for number in range(20)]
        )
    return papers


def test_questions_of_several_points_give_what_the_direct_formulas_give():
    papers = marks_of_22_papers()
    sums = [sum(paper) for paper in papers]
    columns = list(zip(*papers, strict=True))
    counts = [Counter(zip(column, sums, strict=True)) for column in columns]

    found, weights = [item_figures(each) for each in counts], effective_weights(counts)

    roots = [covariance(column, sums) ** 0.5 for column in columns]
    for column, figures, weight, root in zip(columns, found, weights, roots, strict=True):
        rests = [whole - own for own, whole in zip(column, sums, strict=True)]
        largest = covariance(sorted(column), sorted(rests))
        assert figures.papers == 22
        assert figures.facility == pytest.approx(sum(column) / 22, abs=1e-9)
        assert figures.deviation == pytest.approx(stdev(column), abs=1e-9)
        assert figures.index == pytest.approx(100 * correlation(column, rests), abs=1e-9)
        assert figures.efficiency == pytest.approx(100 * covariance(column, rests) / largest, abs=1e-9)
        assert weight == pytest.approx(100 * root / sum(roots), abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 30)), min_size=1, max_size=40))
def test_an_index_lies_between_minus_100_and_100_and_efficiency_is_never_closer_to_zero(papers):
    found = item_figures(Counter((mark, mark + rest) for mark, rest in papers))

    assert found.papers == len(papers)
    if found.index is not None:
        assert -100.000001 <= found.index <= 100.000001
        assert found.efficiency is not None
        if found.index >= 0:
            assert found.index - 1e-6 <= found.efficiency <= 100.000001


def test_no_paper_gives_no_figures_and_equal_papers_no_index():
    assert item_figures({}) is None
    assert item_figures({(1, 10): 50}).index is None
    assert effective_weights([{(1, 10): 50}]) == [0.0]


def wrongly_keyed(papers=400):
    """Return the choices of question 0, whose key says B although everybody who is able chooses A."""
    key = KEY | {"0": frozenset("B")}
    return count_choices([(paper, 1) for paper in papers_of(3, papers)], key, is_drawn=False)["0"]


def test_a_wrong_key_is_found_by_what_the_best_chose():
    choices = wrongly_keyed()

    assert Alarm.CHOSEN_BY_BEST in alarms(choices, "B")
    assert rival(top_band(choices, "B"), "B") == "A"
    assert Alarm.NEGATIVE in alarms(choices, "B")


def test_right_keys_give_no_alarm():
    choices = count_choices([(paper, 1) for paper in papers_of(5, 4_000)], KEY, is_drawn=False)

    assert [alarms(choices[question], "".join(right)) for question, right in KEY.items()] == [[]] * 10


def test_few_papers_give_no_alarm():
    assert alarms(wrongly_keyed(papers=29), "B") == []


def test_guessing_in_small_rounds_seldom_looks_like_a_wrong_key():
    hazard, false = random.Random(1), 0
    for _ in range(300):
        papers = [({question: [hazard.choice("ABCD")] for question in KEY}, 1) for _ in range(40)]
        choices = count_choices(papers, KEY, is_drawn=False)
        false += any(alarm is not Alarm.TOO_EASY for alarm in alarms(choices["0"], "A"))

    assert false <= 30


def test_a_question_that_everybody_knows_is_said_to_be_too_easy():
    assert alarms({"A": [0] * 10 + [98], "B": [0] * 9 + [2, 0]}, "A") == [Alarm.TOO_EASY]
    assert Alarm.TOO_EASY not in alarms({"A": [0] * 10 + [97], "B": [0] * 9 + [3, 0]}, "A")


def test_a_void_question_is_right_for_everybody_and_a_drawn_one_counts_where_it_was_answered():
    papers = [({"1": ["A"], "2": ["B"]}, 2), ({"2": ["A"]}, 1)]
    key = {"1": frozenset("A"), "2": None}

    assert count_choices(papers, key, is_drawn=False) == {
        "1": {"A": [0, 0, 2], "": [0, 1, 0]},
        "2": {"B": [0, 0, 2], "A": [0, 1, 0]},
    }
    assert "" not in count_choices(papers, key, is_drawn=True)["1"]
    assert totals(count_choices(papers, key, is_drawn=False)) == {"1": {"A": 2}, "2": {"B": 2, "A": 1}}
