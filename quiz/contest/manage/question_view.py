"""View models of questions: cards as participants see them, and the problems of a file in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.translation import said
from quiz.bank.rules.likeness import longest_keys, near_duplicates, uneven_letters
from quiz.bank.rules.parsed import ParsedQuestion, Problem
from quiz.contest.models import Round
from quiz.contest.operations.questions import QuestionText, parsed_of, parsed_of_round
from quiz.contest.queries.bank import BankQuestion


@dataclass(frozen=True)
class QuestionCard:
    """A question as a participant sees it, with its key beside it for the organiser."""

    number: int
    question: ParsedQuestion
    place: str = ""
    has_error: bool = False
    mended: datetime | None = None

    @property
    def asks_several(self) -> bool:
        """Whether several choices have to be chosen."""
        return len(self.question.key) > 1


@dataclass(frozen=True)
class ProblemRow:
    """A problem in words: its place, its reason, and the card that it is about, 0 for none."""

    place: str
    reason: str
    card: int = 0


def cards_of_round(round: Round) -> list[QuestionCard]:
    """Return the questions of a round as cards."""
    questions = zip(round.questions, parsed_of_round(round), strict=True)
    return [QuestionCard(each.position, question, mended=each.mended_at) for each, question in questions]


def cards_of(questions: Sequence[ParsedQuestion], errors: Sequence[Problem]) -> list[QuestionCard]:
    """Return read questions as cards, each with its place in the file."""
    wrong = {_card_of(problem, questions) for problem in errors}
    return [
        QuestionCard(at, question, said(question.place.words), has_error=at in wrong)
        for at, question in enumerate(questions, start=1)
    ]


def findings(problems: Iterable[Problem], questions: Sequence[ParsedQuestion]) -> list[ProblemRow]:
    """Return problems in words."""
    return [
        ProblemRow(said(problem.place.words), _sentence(said(problem.reason)), _card_of(problem, questions))
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
    english = text_of_parsed(question.english) if question.english else None
    return QuestionText(
        question.text,
        choices,
        question.explanation,
        question.topic,
        question.source,
        question.difficulty,
        english,
        question.pictures,
    )


@dataclass(frozen=True)
class BankWarnings:
    """The warnings about a set of questions: pairs that ask nearly the same, keys that can be guessed."""

    alike: Sequence[tuple[BankQuestion, BankQuestion, int]] = ()
    longest: int = 0
    letters: Mapping[str, int] = field(default_factory=dict)
    total: int = 0

    @property
    def letter_words(self) -> str:
        """How often each letter is the key: "A 12, B 1"."""
        return ", ".join(f"{letter} {count}" for letter, count in self.letters.items())

    @property
    def count(self) -> int:
        """How many things there are to look at."""
        return len(self.alike) + bool(self.longest) + bool(self.letters)


def bank_warnings(bank: Sequence[BankQuestion]) -> BankWarnings:
    """Return what to look at in a bank."""
    parsed = {each.question.id: parsed_of(each.revision) for each in bank}
    at, questions = {each.question.id: each for each in bank}, list(parsed.values())
    alike = [(at[each.one], at[each.other], round(100 * each.share)) for each in near_duplicates(parsed)]
    return BankWarnings(alike, len(longest_keys(questions)), uneven_letters(questions), len(questions))


@dataclass(frozen=True)
class LikeRead:
    """A read question that asks nearly the same as one of the bank, with the share in per cent."""

    card: int
    other: BankQuestion
    share: int


def likes_of_read(bank: Sequence[BankQuestion], questions: Sequence[ParsedQuestion]) -> list[LikeRead]:
    """Return the read questions that ask nearly the same as one of the bank, which weeks before may have asked."""
    there: dict[tuple[str, int], ParsedQuestion] = {
        ("bank", at): parsed_of(each.revision) for at, each in enumerate(bank)
    }
    new = {("new", at): question for at, question in enumerate(questions, start=1)}
    found = []
    for alike in near_duplicates(there, of=new):
        pair = dict([alike.one, alike.other])
        if len(pair) > 1:
            found.append(LikeRead(pair["new"], bank[pair["bank"]], round(100 * alike.share)))
    return sorted(found, key=lambda each: each.card)


def likes_of(bank: Sequence[BankQuestion], one: BankQuestion) -> list[tuple[BankQuestion, int]]:
    """Return the questions of a bank that ask nearly the same as *one*, with the share in per cent."""
    parsed = {each.question.id: parsed_of(each.revision) for each in bank}
    at, own = {each.question.id: each for each in bank}, one.question.id
    found = near_duplicates(parsed, of={own: parsed_of(one.revision)})
    return [(at[each.other if each.one == own else each.one], round(100 * each.share)) for each in found]
