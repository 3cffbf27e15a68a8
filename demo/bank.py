"""The questions of the demo, stored as an organiser would paste them, and dealt to rounds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from demo.world import World
from quiz.bank.rules.english import read_english
from quiz.bank.rules.parsed import ParsedChoice, ParsedQuestion
from quiz.bank.rules.text_form import read_text
from quiz.contest.models import Round
from quiz.contest.operations.contest import QuestionText, set_questions

DATA = Path(__file__).resolve().parent / "data"
A_WEEK = 10
IN_ENGLISH, LATEST_IN_ENGLISH = "digital", "in_2026"
"""The files whose first ten questions are there in English too: those of the present week and of the one before."""


def read_bank(*names: str) -> list[ParsedQuestion]:
    """Return the questions of the files *names*, in order."""
    return [
        question
        for name in names
        for question in read_text((DATA / f"{name}.txt").read_text(encoding="utf-8")).questions
    ]


def read_bilingual(name: str = IN_ENGLISH) -> list[ParsedQuestion]:
    """Return the questions of the file *name* that are there in English too: the first ones."""
    text = (DATA / f"{name}.en.txt").read_text(encoding="utf-8")
    return read_english(text, read_bank(name)[: text.count("Legal basis:")])[0]


def deal(world: World, rounds: list[Round], bank: list[ParsedQuestion]) -> None:
    """Give each of *rounds* ten questions, none twice in a round, and none again before the whole bank was used."""
    order = world.chance.sample(bank, len(bank))
    for at, round in enumerate(rounds):
        asked = [order[(at * A_WEEK + place) % len(order)] for place in range(A_WEEK)]
        questions = [_shuffled(world, question) for question in asked]
        set_questions(world.session, round, questions, now=round.opens_at)


def ask_in_both(world: World, round: Round, name: str = IN_ENGLISH) -> None:
    """Give *round* questions in Vietnamese and English in place of its own; no luck of the world is used up."""
    questions = [_turned(question, at) for at, question in enumerate(read_bilingual(name)[:A_WEEK])]
    set_questions(world.session, round, questions, now=round.opens_at - timedelta(seconds=1))


def _shuffled(world: World, question: ParsedQuestion) -> QuestionText:
    """Return *question* with its choices in another order and new letters."""
    return _lettered(question, world.chance.sample(question.choices, len(question.choices)))


def _turned(question: ParsedQuestion, by: int) -> QuestionText:
    """Return *question* with its choices moved on *by* places."""
    at = by % len(question.choices)
    return _lettered(question, question.choices[at:] + question.choices[:at])


def _lettered(question: ParsedQuestion, mixed: Sequence[ParsedChoice]) -> QuestionText:
    """Return *question* with its choices in the order *mixed*, lettered anew in both languages."""
    choices = [(letter, each.text, each.is_right) for letter, each in zip("ABCDEFGH", mixed, strict=False)]
    written = QuestionText(question.text, choices, question.explanation, source=question.source)
    if question.english is None:
        return written
    texts = {choice.letter: choice.text for choice in question.english.choices}
    order = [replace(each, text=texts[each.letter]) for each in mixed]
    return replace(written, english=_lettered(question.english, order))
