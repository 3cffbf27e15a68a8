"""The questions of the demo, stored as an organiser would paste them, and dealt to rounds."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from demo.world import World
from quiz.bank.forms import DraftQuestion, read_english, read_questions
from quiz.contest.models import Round
from quiz.contest.operations.contest import QuestionText, set_questions

DATA = Path(__file__).resolve().parent / "data"
A_WEEK = 10
IN_ENGLISH = "digital"
"""The file whose questions are there in English too."""


def read_bank(*names: str) -> list[DraftQuestion]:
    """Return the questions of the files *names*, in order."""
    return [
        question for name in names for question in read_questions((DATA / f"{name}.txt").read_text(encoding="utf-8"))
    ]


def read_bilingual() -> list[DraftQuestion]:
    """Return the questions that are there in English too."""
    text = (DATA / f"{IN_ENGLISH}.en.txt").read_text(encoding="utf-8")
    return read_english(text, read_bank(IN_ENGLISH))


def deal(world: World, rounds: list[Round], bank: list[DraftQuestion]) -> None:
    """Give each of *rounds* ten questions, none twice in a round, and none again before the whole bank was used."""
    order = world.chance.sample(bank, len(bank))
    for at, round in enumerate(rounds):
        asked = [order[(at * A_WEEK + place) % len(order)] for place in range(A_WEEK)]
        questions = [_shuffled(world, question) for question in asked]
        set_questions(world.session, round, questions, now=round.opens_at)


def ask_in_both(world: World, round: Round) -> None:
    """Give *round* questions in Vietnamese and English in place of its own; no luck of the world is used up."""
    questions = [_turned(question, at) for at, question in enumerate(read_bilingual()[:A_WEEK])]
    set_questions(world.session, round, questions, now=round.opens_at - timedelta(seconds=1))


def _shuffled(world: World, question: DraftQuestion) -> QuestionText:
    """Return *question* with its choices in another order and new letters."""
    return _lettered(question, world.chance.sample(question.choices, len(question.choices)))


def _turned(question: DraftQuestion, by: int) -> QuestionText:
    """Return *question* with its choices moved on *by* places."""
    at = by % len(question.choices)
    return _lettered(question, question.choices[at:] + question.choices[:at])


def _lettered(question: DraftQuestion, mixed: list[tuple[str, str, bool]]) -> QuestionText:
    """Return *question* with its choices in the order *mixed*, lettered anew in both languages."""
    choices = [(letter, text, right) for letter, (_, text, right) in zip("ABCDEFGH", mixed, strict=False)]
    written = QuestionText(question.text, choices, question.explanation)
    if question.english is None:
        return written
    texts = {letter: text for letter, text, _ in question.english.choices}
    order = [(old, texts[old], right) for old, _, right in mixed]
    return replace(written, english=_lettered(question.english, order))
