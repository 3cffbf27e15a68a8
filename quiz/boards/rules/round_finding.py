"""The findings that are titles on the page of a round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from quiz.results.rules.answers import QuestionShares, hardest

HALF = 50
EASY = 80
"""The per cent of people from which every question is called easy, if each has as many right."""


class RoundLead(StrEnum):
    """The statement of the title of a round's results."""

    NO_ENTRY = "no entry"
    NONE_PERFECT = "none-perfect"
    ALL_PERFECT = "all-perfect"
    SOME_PERFECT = "some-perfect"
    HARD_QUESTION = "hard-question"
    """Some are all right, and one question was hard."""


def round_lead(people: int, perfect: int, hard: int | None) -> RoundLead:
    """Return what the title says of *people*, of whom *perfect* are all right; *hard* is the hard question, if any.

    >>> round_lead(489, 143, 7), round_lead(489, 0, 7), round_lead(12, 12, None)
    (<RoundLead.HARD_QUESTION: 'hard-question'>, <RoundLead.NONE_PERFECT: 'none-perfect'>, \
<RoundLead.ALL_PERFECT: 'all-perfect'>)
    """
    if not people:
        return RoundLead.NO_ENTRY
    if not perfect:
        return RoundLead.NONE_PERFECT
    if perfect == people:
        return RoundLead.ALL_PERFECT
    return RoundLead.SOME_PERFECT if hard is None else RoundLead.HARD_QUESTION


class QuestionLead(StrEnum):
    """The statement of the title of a round's questions; all but EASY and PLAIN are of one question."""

    SLIP = "slip"
    """Many chose the same wrong answer to the hard question."""
    HARD = "hard"
    """One question is hard, and its wrong answers are scattered."""
    MOST_WRONG = "most-wrong"
    """No question is hard, and one has the most wrong answers."""
    EASY = "easy"
    PLAIN = "plain"


@dataclass(frozen=True)
class QuestionFinding:
    """The title of a round's questions: of the question at this index, with the per cent of those that it names: who
    took the same wrong answer, or who was not right; for EASY, who was right.
    """

    lead: QuestionLead
    index: int = 0
    percent: int = 0


def question_finding(shares: Sequence[QuestionShares | None]) -> QuestionFinding:
    """Return the finding about the questions, None for one without shares. No questions have a plain title."""
    rights = [each.right.percent if each else None for each in shares]
    at = hardest(rights)
    if at is not None and (hard := shares[at]):
        if hard.slip:
            return QuestionFinding(QuestionLead.SLIP, at, hard.slip.percent)
        return QuestionFinding(QuestionLead.HARD, at, 100 - hard.right.percent)
    known = [right for right in rights if right is not None]
    if known and min(known) >= EASY:
        return QuestionFinding(QuestionLead.EASY, percent=min(known))
    if len(known) > 1 and known.count(min(known)) == 1:
        return QuestionFinding(QuestionLead.MOST_WRONG, rights.index(min(known)), 100 - min(known))
    return QuestionFinding(QuestionLead.PLAIN)


class Share(StrEnum):
    """How a share of people is said."""

    TENTHS = "tenths"
    ALMOST_HALF = "almost-half"
    HALF = "half"
    OVER_HALF = "over-half"


def share_words(percent: int) -> Share:
    """Return how a share is said: near a half as a half, others in tenths.

    >>> [share_words(each).value for each in (38, 46, 50, 54, 61)]
    ['tenths', 'almost-half', 'half', 'over-half', 'tenths']
    """
    if not 45 <= percent <= 55:
        return Share.TENTHS
    if percent == HALF:
        return Share.HALF
    return Share.ALMOST_HALF if percent < HALF else Share.OVER_HALF
