"""Invented papers of a week: start, duration, right answers, guess, and matching choices."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from demo.chance import Chance
from demo.people import Member
from quiz.attempt.operations.attempt import Answers
from quiz.contest.models import RoundQuestion

DAYS = (19, 14, 12, 12, 12, 13, 18)
HOURS = (0, 0, 0, 0, 0, 2, 5, 9, 9, 7, 6, 8, 7, 5, 5, 5, 5, 5, 6, 9, 11, 9, 4, 0)
HOUR = timedelta(hours=1)
LONGEST = timedelta(minutes=15)
ROUND = {1: 15, 5: 20, 10: 30, 50: 20, 100: 15}
"""The steps to which people round their guess, and how often."""
MISTAKES = (30, 25, 18, 12, 8, 5, 2)
"""Of those with mistakes: how many make 1, 2, 3 … mistakes."""


@dataclass(frozen=True)
class InventedPaper:
    """A paper that a person submits within a week."""

    member: Member
    started_at: datetime
    duration_ms: int
    mistakes: int
    guess: int | None

    @property
    def submitted_at(self) -> datetime:
        """The moment of submission."""
        return self.started_at + timedelta(milliseconds=self.duration_ms)


def hours_of(opens_at: datetime, until: datetime) -> tuple[list[datetime], list[float]]:
    """Return the hours of a week in which a paper can be begun and finished by *until*, and how busy each is."""
    moments = [opens_at + day * 24 * HOUR + hour * HOUR for day in range(7) for hour in range(24)]
    weights = [day * hour for day in DAYS for hour in HOURS]
    fitting = [
        (moment, float(weight))
        for moment, weight in zip(moments, weights, strict=True)
        if weight and moment + HOUR + LONGEST <= until
    ]
    return [moment for moment, _ in fitting], [weight for _, weight in fitting]


def human_guess(chance: Chance, answer: int) -> int:
    """Return a guess around *answer* as people make them: sometimes far off, mostly round."""
    value = answer * chance.lognormvariate(-0.05, 0.3)
    steps = [step for step in ROUND if step == 1 or step * 4 < answer]
    step = chance.pick(steps, [ROUND[step] for step in steps])
    return max(1, round(value / step) * step)


def mistakes_of(chance: Chance) -> int:
    """Return how many mistakes a person makes who makes any."""
    return chance.pick(range(1, len(MISTAKES) + 1), MISTAKES)


def answers_with(chance: Chance, questions: Sequence[RoundQuestion], hard: Sequence[float], mistakes: int) -> Answers:
    """Return choices to *questions* with exactly *mistakes* wrong ones, likelier in harder questions."""
    wrong = set(chance.take(range(len(questions)), hard, mistakes))
    chosen = {}
    for at, question in enumerate(questions):
        if at in wrong:
            others = [choice.letter for choice in question.choices if choice.letter not in question.key]
            chosen[question.ref] = frozenset(chance.pick(others, range(len(others), 0, -1)))
        else:
            chosen[question.ref] = question.key
    return chosen
