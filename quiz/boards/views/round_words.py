"""The headings of a round's results: what its people and its questions show, as a sentence."""

from decimal import Decimal

from core.values.numbers import thousands
from quiz.boards.labels.board import OF_FEW, QUESTION_TITLE, ROUND_TITLE, SHARE
from quiz.boards.rules.round_finding import QuestionFinding, round_lead, share_words
from quiz.boards.views.board_words import rough_words, said
from quiz.contest.labels.rounds import round_name
from quiz.contest.models import Round, RoundQuestion
from quiz.results.models import Result, RoundAnswers

FEW = 20
"""Below so many people a share is said as a count."""


def round_title(round: Round, result: Result, hard: RoundQuestion | None) -> str:
    """Return the finding of *round* as its heading."""
    lead = round_lead(result.people, result.perfect, hard.position if hard else None)
    return said(
        ROUND_TITLE[lead],
        round=round_name(round),
        people=thousands(result.people),
        perfect=thousands(result.perfect),
        question=hard.position if hard else "",
    )


def questions_title(round: Round, found: QuestionFinding, answers: RoundAnswers | None) -> str:
    """Return the finding about its questions, as a heading."""
    few = answers is not None and answers.people < FEW and round.declared.shown is None
    people = _counted(found.percent, answers.people) if answers and few else _share(found.percent)
    return said(
        QUESTION_TITLE[found.lead],
        question=round.questions[found.index].position if round.questions else "",
        people=people,
        People=f"{people[:1].upper()}{people[1:]}",
    )


def _share(percent: int) -> str:
    return said(SHARE[share_words(percent)], tenths=rough_words(Decimal(percent) / 10))


def _counted(percent: int, people: int) -> str:
    """Return how many of a few people the whole *percent* is, which is exact below a hundred of them."""
    return said(OF_FEW, n=round(Decimal(percent * people) / 100), people=people)
