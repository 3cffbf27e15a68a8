"""Invented papers of a week: when, how long, how many right, what was guessed, and the choices that give just that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.chance import Chance
from demo.people import Member
from quiz.attempt.operations.attempt import Answers
from quiz.bank.models import Question

DAYS = (19, 14, 12, 12, 12, 13, 18)
HOURS = (0, 0, 0, 0, 0, 2, 5, 9, 9, 7, 6, 8, 7, 5, 5, 5, 5, 5, 6, 9, 11, 9, 4, 0)
HOUR = timedelta(hours=1)
LONGEST = timedelta(minutes=15)
ROUND = {1: 15, 5: 20, 10: 30, 50: 20, 100: 15}
"""To which step people round their guess, and how often."""
MISTAKES = (30, 25, 18, 12, 8, 5, 2)
"""Of those who are not all right: how many make 1, 2, 3 … mistakes."""


@dataclass(frozen=True)
class Paper:
    """What somebody hands in within a week."""

    member: Member
    started_at: datetime
    duration_ms: int
    mistakes: int
    guess: int | None

    @property
    def submitted_at(self) -> datetime:
        """When it arrived."""
        return self.started_at + timedelta(milliseconds=self.duration_ms)


def hours_of(opens_at: datetime, until: datetime) -> tuple[list[datetime], list[float]]:
    """The hours of a week in which somebody may begin and be done by *until*, with how busy each is."""
    moments = [opens_at + day * 24 * HOUR + hour * HOUR for day in range(7) for hour in range(24)]
    weights = [day * hour for day in DAYS for hour in HOURS]
    fitting = [
        (moment, float(weight))
        for moment, weight in zip(moments, weights, strict=True)
        if weight and moment + HOUR + LONGEST <= until
    ]
    return [moment for moment, _ in fitting], [weight for _, weight in fitting]


def human_guess(chance: Chance, answer: int) -> int:
    """A guess around *answer* as people make them: far off at times, round more often than not."""
    value = answer * chance.lognormvariate(-0.05, 0.3)
    steps = [step for step in ROUND if step == 1 or step * 4 < answer]
    step = chance.pick(steps, [ROUND[step] for step in steps])
    return max(1, round(value / step) * step)


def mistakes_of(chance: Chance) -> int:
    """How many mistakes somebody makes who makes any."""
    return chance.pick(range(1, len(MISTAKES) + 1), MISTAKES)


def answers_with(chance: Chance, questions: Sequence[Question], hard: Sequence[float], mistakes: int) -> Answers:
    """Choices to *questions* of which exactly *mistakes* are wrong, the harder questions first of all."""
    wrong = set(chance.take(range(len(questions)), hard, mistakes))
    chosen = {}
    for at, question in enumerate(questions):
        if at in wrong:
            others = [choice.letter for choice in question.choices if not choice.is_right]
            chosen[str(question.position)] = frozenset(chance.pick(others, range(len(others), 0, -1)))
        else:
            chosen[str(question.position)] = question.key
    return chosen
