"""The questions of the demo, kept as the text that an organiser would paste, dealt out to weeks."""

from pathlib import Path

from demo.world import World
from quiz.contest.forms import DraftQuestion, read_questions
from quiz.contest.models import Round
from quiz.contest.operations.contest import QuestionText, set_questions

DATA = Path(__file__).resolve().parent / "data"
A_WEEK = 10


def read_bank(*names: str) -> list[DraftQuestion]:
    """The questions of the files *names*, one after the other."""
    return [
        question for name in names for question in read_questions((DATA / f"{name}.txt").read_text(encoding="utf-8"))
    ]


def deal(world: World, rounds: list[Round], bank: list[DraftQuestion]) -> None:
    """Ten questions for each of *rounds*, none twice in a week, none again before the whole bank was asked."""
    order = world.chance.sample(bank, len(bank))
    for at, round in enumerate(rounds):
        asked = [order[(at * A_WEEK + place) % len(order)] for place in range(A_WEEK)]
        questions = [_shuffled(world, question) for question in asked]
        set_questions(world.session, round, questions, now=round.opens_at)


def _shuffled(world: World, question: DraftQuestion) -> QuestionText:
    """*question* with its choices in another order, lettered anew."""
    mixed = world.chance.sample(question.choices, len(question.choices))
    choices = [(letter, text, right) for letter, (_, text, right) in zip("ABCDEFGH", mixed, strict=False)]
    return QuestionText(question.text, choices, question.explanation)
