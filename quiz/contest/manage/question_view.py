"""What pages show of questions: cards as participants see them, and the problems of a file in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.translation import said
from quiz.bank.rules.parsed import ParsedQuestion, Problem
from quiz.contest.models import Round
from quiz.contest.operations.questions import QuestionText, parsed_of_round


@dataclass(frozen=True)
class QuestionCard:
    """A question as a participant sees it, with its key beside it for the organiser."""

    number: int
    question: ParsedQuestion
    place: str = ""
    has_error: bool = False

    @property
    def asks_several(self) -> bool:
        """Whether several choices have to be chosen."""
        return len(self.question.key) > 1


@dataclass(frozen=True)
class Finding:
    """A problem in words: its place, its reason, and the card that it is about, 0 for none."""

    place: str
    reason: str
    card: int = 0


def cards_of_round(round: Round) -> list[QuestionCard]:
    """Return the questions of a round as cards."""
    return [QuestionCard(at, question) for at, question in enumerate(parsed_of_round(round), start=1)]


def cards_of(questions: Sequence[ParsedQuestion], errors: Sequence[Problem]) -> list[QuestionCard]:
    """Return read questions as cards, each with its place in the file."""
    wrong = {_card_of(problem, questions) for problem in errors}
    return [
        QuestionCard(at, question, said(question.place.words), has_error=at in wrong)
        for at, question in enumerate(questions, start=1)
    ]


def findings(problems: Iterable[Problem], questions: Sequence[ParsedQuestion]) -> list[Finding]:
    """Return problems in words."""
    return [
        Finding(said(problem.place.words), _sentence(said(problem.reason)), _card_of(problem, questions))
        for problem in problems
    ]


def _card_of(problem: Problem, questions: Sequence[ParsedQuestion]) -> int:
    """Return the number of the last question that begins at or before the place of *problem*, if it is about one."""
    if "number" not in getattr(problem.reason, "values", {}):
        return 0
    return max((at for at, each in enumerate(questions, start=1) if each.place <= problem.place), default=0)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def text_of_parsed(question: ParsedQuestion) -> QuestionText:
    """Return a read question as the text that is stored."""
    choices = tuple((choice.letter, choice.text, choice.is_right) for choice in question.choices)
    return QuestionText(
        question.text, choices, question.explanation, question.topic, question.source, question.difficulty
    )
