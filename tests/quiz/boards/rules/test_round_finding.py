"""The titles of a round's page."""

from quiz.boards.rules.round_finding import QuestionFinding, QuestionLead, RoundLead, question_finding, round_lead
from quiz.results.rules.answers import question_shares

KEY = frozenset("A")


def shares(right, **wrong):
    return question_shares({"A": right, **wrong}, KEY, 100)


def test_the_title_names_the_hard_question_only_where_somebody_is_all_right():
    assert round_lead(489, 143, 7) is RoundLead.HARD_QUESTION
    assert round_lead(489, 143, None) is RoundLead.SOME_PERFECT
    assert round_lead(489, 0, 7) is RoundLead.NONE_PERFECT
    assert round_lead(12, 12, None) is RoundLead.ALL_PERFECT
    assert round_lead(0, 0, None) is RoundLead.NO_ENTRY


def test_the_most_common_slip_of_the_hard_question_is_the_title():
    assert question_finding([shares(88), shares(41, B=38)]) == QuestionFinding(QuestionLead.SLIP, 1, 38)


def test_a_hard_question_without_a_common_slip_is_called_hard():
    assert question_finding([shares(88), shares(41, B=20, C=20, D=19)]) == QuestionFinding(QuestionLead.HARD, 1, 59)


def test_questions_that_most_have_right_are_easy():
    assert question_finding([shares(88), shares(80)]) == QuestionFinding(QuestionLead.EASY, percent=80)
    assert question_finding([shares(88), shares(79)]) == QuestionFinding(QuestionLead.MOST_WRONG, 1, 21)
    assert question_finding([shares(79), shares(79)]) == QuestionFinding(QuestionLead.PLAIN)


def test_without_shares_the_title_is_plain():
    assert question_finding([None, None]).lead is QuestionLead.PLAIN
    assert question_finding([]).lead is QuestionLead.PLAIN
