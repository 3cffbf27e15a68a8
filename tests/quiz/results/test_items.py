"""The page of a closed round's questions: what people chose, and a warning where the key is probably wrong."""

from types import SimpleNamespace

import pytest

from account.rules.permissions import Role
from quiz.contest.rules.schedule import SETTLING
from quiz.results.manage.items_view import ChoiceLine, ItemCard, item_cards
from quiz.results.models import RoundAnswers
from quiz.results.operations.closing import rank_round
from tests.factories import make_account, make_attempt, make_contest
from tests.support.pages import Page
from tests.support.staff import enter

WRONG = {"A": [3, 40, 310, 0], "B": [5, 22, 30, 18], "C": [21, 31, 12, 0]}
"""Question 1 as answered where its key B is wrong."""
RIGHT = {"A": [0, 72, 340, 18], "B": [14, 20, 12, 0], "": [15, 1, 0, 0]}


@pytest.fixture
def closed(session, keyring):
    contest = make_contest(session)
    round = contest.rounds[0]
    for correct in (3, 2, 0):
        make_attempt(session, keyring, round, correct=correct)
    rank_round(session, round, now=round.closes_at + SETTLING)
    session.commit()
    return round


def answered(session, round, *choices):
    """Replace what was counted of *round* by these choices, question by question."""
    kept = session.get_one(RoundAnswers, round.id)
    kept.choices = dict(zip([question.ref for question in round.questions], choices, strict=True))
    round.questions[0].letters = "B"
    session.commit()


def test_the_close_counts_the_choices_by_marks(session, closed):
    kept = session.get_one(RoundAnswers, closed.id)

    first = kept.choices[closed.questions[0].ref]
    assert first == {"A": [0, 0, 1, 1], "B": [1, 0, 0, 0]}
    assert kept.answers[closed.questions[0].ref] == {"A": 2, "B": 1}


def test_a_question_with_a_wrong_key_comes_first_with_what_to_do(session, client, closed):
    answered(session, closed, WRONG, RIGHT, RIGHT)
    closed.questions[0].position, closed.questions[1].position = 98, 1
    session.commit()
    account = make_account(session, role=Role.ORGANISER, unit=closed.contest.unit)
    session.commit()
    organiser, here = enter(client, account), f"/quan-tri/cuoc-thi/{closed.contest.slug}/tuan/1"

    page = Page(organiser.get(f"{here}/cham-lai").text).text
    round_page = Page(organiser.get(here).text).text

    assert "1 câu có thể sai đáp án" in page
    assert "Trong nhóm làm tốt các câu khác, 91% chọn A, chỉ 5% chọn đáp án B." in page
    assert page.index("Câu 98.") < page.index("Câu 1.")
    assert "1 câu hỏi có thể sai đáp án" in round_page


def test_a_right_key_gives_percents_and_no_warning(session, closed):
    answered(session, closed, {}, RIGHT, RIGHT)

    card = item_cards(closed, session.get_one(RoundAnswers, closed.id))[1]

    assert [(line.text[:1], line.percent, line.is_right) for line in card.lines] == [
        ("A", 88, True),
        ("B", 9, False),
        ("C", 0, False),
        ("K", 3, False),
    ]
    assert (card.warnings, card.is_urgent) == ([], False)
    assert "ít giúp phân hạng" in card.separates


@pytest.mark.parametrize(("index", "words"), [(50, "rất tốt"), (49, "phân hạng được"), (29, "ít giúp"), (None, "")])
def test_a_discrimination_index_is_said_in_words(index, words):
    card = ItemCard(None, [], 50, SimpleNamespace(index=index), (), is_urgent=False)

    assert words in card.separates
    assert bool(card.separates) is (index is not None)


def test_a_wrong_choice_ahead_of_the_key_asks_to_compare_it():
    lines = [ChoiceLine("A. Một", True, 41, 56, "A"), ChoiceLine("B. Hai", False, 59, 44, "B")]
    card = ItemCard(None, lines, 41, SimpleNamespace(index=60), (), is_urgent=False)

    assert card.separates == "Nhiều người chọn B hơn đáp án: xin đối chiếu đáp án với căn cứ."


def test_few_papers_show_the_key_alone(session, closed):
    cards = item_cards(closed, session.get_one(RoundAnswers, closed.id))

    assert [(card.figures, len(card.lines)) for card in cards] == [(None, 1)] * 3


def test_a_round_closed_by_an_older_program_shows_its_keys(session, closed):
    session.get_one(RoundAnswers, closed.id).choices = None

    assert [card.figures for card in item_cards(closed, session.get_one(RoundAnswers, closed.id))] == [None] * 3
    assert [card.figures for card in item_cards(closed, None)] == [None] * 3
