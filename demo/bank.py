"""The questions of the demo, stored as an organiser would paste them, and dealt to rounds."""

from pathlib import Path

from demo.world import World
from quiz.bank.rules.parsed import ParsedQuestion
from quiz.bank.rules.text_form import read_text
from quiz.contest.models import Round
from quiz.contest.operations.contest import QuestionText, set_questions

DATA = Path(__file__).resolve().parent / "data"
A_WEEK = 10


def read_bank(*names: str) -> list[ParsedQuestion]:
    """Return the questions of the files *names*, in order."""
    return [
        question
        for name in names
        for question in read_text((DATA / f"{name}.txt").read_text(encoding="utf-8")).questions
    ]


def deal(world: World, rounds: list[Round], bank: list[ParsedQuestion]) -> None:
    """Give each of *rounds* ten questions, none twice in a round, and none again before the whole bank was used."""
    order = world.chance.sample(bank, len(bank))
    for at, round in enumerate(rounds):
        asked = [order[(at * A_WEEK + place) % len(order)] for place in range(A_WEEK)]
        questions = [_shuffled(world, question) for question in asked]
        set_questions(world.session, round, questions, now=round.opens_at)


def _shuffled(world: World, question: ParsedQuestion) -> QuestionText:
    """Return *question* with its choices in another order and new letters."""
    mixed = world.chance.sample(question.choices, len(question.choices))
    choices = [(letter, each.text, each.is_right) for letter, each in zip("ABCDEFGH", mixed, strict=False)]
    return QuestionText(question.text, choices, question.explanation, source=question.source)
