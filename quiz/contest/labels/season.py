"""The standings of a whole contest in words: choices of the organiser, and the sentence of the rules."""

from __future__ import annotations

from typing import Protocol

from core.translation import gettext
from core.values.numbers import stopwatch, thousands
from core.values.text import N_
from quiz.contest.rules.season import SeasonMeasure, SeasonRule, SeasonTie

SEASON_MEASURE: dict[SeasonMeasure, str] = {
    SeasonMeasure.CORRECT: N_("Cộng số câu đúng của các đợt"),
    SeasonMeasure.POINTS: N_("Cộng điểm theo hạng của từng đợt"),
}
SEASON_TIE: dict[SeasonTie, str] = {
    SeasonTie.DURATION: N_("làm bài nhanh hơn"),
    SeasonTie.CORRECT: N_("có nhiều câu đúng hơn"),
    SeasonTie.FIRSTS: N_("được hạng nhất nhiều lần hơn"),
    SeasonTie.ROUNDS: N_("thi nhiều đợt hơn"),
}
_SEASON = N_("Xếp hạng cả cuộc thi, khi có từ hai đợt trở lên: %(how)s; %(ties)s.")
_ALL_POINTS = N_("cộng điểm của các đợt (%(points)s, hạng sau không có điểm)")
_BEST_POINTS = N_("cộng điểm của %(best)s đợt cao nhất của mỗi người (%(points)s, hạng sau không có điểm)")
_ALL_CORRECT = N_("cộng số câu đúng của các đợt")
_BEST_CORRECT = N_("cộng số câu đúng của %(best)s đợt cao nhất của mỗi người")
_OF_WEEKS: dict[str, str] = {
    _SEASON: N_("Xếp hạng cả cuộc thi, khi có từ hai tuần trở lên: %(how)s; %(ties)s."),
    _ALL_POINTS: N_("cộng điểm của các tuần (%(points)s, hạng sau không có điểm)"),
    _BEST_POINTS: N_("cộng điểm của %(best)s tuần cao nhất của mỗi người (%(points)s, hạng sau không có điểm)"),
    _ALL_CORRECT: N_("cộng số câu đúng của các tuần"),
    _BEST_CORRECT: N_("cộng số câu đúng của %(best)s tuần cao nhất của mỗi người"),
    SEASON_TIE[SeasonTie.ROUNDS]: N_("thi nhiều tuần hơn"),
}
"""The same about weeks, for contests whose rounds are weeks."""


class Summed(Protocol):
    """The sums of a person's rounds."""

    @property
    def score(self) -> int:
        """The right answers or points of the counted rounds."""

    @property
    def duration_ms(self) -> int | None:
        """The time of the counted rounds; None where one has none."""

    @property
    def rounds(self) -> int:
        """The rounds with a rank."""


def season_sentence(rule: SeasonRule, *, is_weekly: bool) -> str:
    """Return how the rounds of a contest add up, as the public reads it; they are called weeks if they are."""
    ties = _ties(rule, is_weekly=is_weekly)
    return gettext(_worded(_SEASON, is_weekly=is_weekly), how=_how(rule, is_weekly=is_weekly), ties=ties)


def _worded(sentence: str, *, is_weekly: bool) -> str:
    """Return *sentence* about rounds, or the same about weeks."""
    return _OF_WEEKS.get(sentence, sentence) if is_weekly else sentence


def _how(rule: SeasonRule, *, is_weekly: bool) -> str:
    """Return what is added over which rounds."""
    if rule.measure is SeasonMeasure.POINTS:
        points = ", ".join(
            gettext("hạng %(rank)s: %(points)s điểm", rank=rank, points=each)
            for rank, each in enumerate(rule.points, 1)
        )
        words = _ALL_POINTS if rule.best is None else _BEST_POINTS
        return gettext(_worded(words, is_weekly=is_weekly), best=rule.best, points=points)
    words = _ALL_CORRECT if rule.best is None else _BEST_CORRECT
    return gettext(_worded(words, is_weekly=is_weekly), best=rule.best)


def _ties(rule: SeasonRule, *, is_weekly: bool) -> str:
    """Return what breaks a tie, and that those who are still equal share a rank."""
    if not rule.ties:
        return gettext("bằng nhau thì cùng hạng")
    first, *others = (gettext(_worded(SEASON_TIE[tie], is_weekly=is_weekly)) for tie in rule.ties)
    steps = first
    for step in others:
        steps = gettext("%(before)s, rồi %(after)s", before=steps, after=step)
    return gettext("bằng nhau thì ưu tiên người %(steps)s; vẫn bằng thì cùng hạng", steps=steps)


def season_figure(rule: SeasonRule, total: Summed, *, is_weekly: bool) -> str:
    """Return the sums that rank a person over a contest, in words: "38 câu đúng, 12:05, 4 tuần"."""
    score = N_("%(n)s điểm") if rule.measure is SeasonMeasure.POINTS else N_("%(n)s câu đúng")
    time = [stopwatch(total.duration_ms)] if total.duration_ms is not None else []
    rounds = N_("%(n)s tuần") if is_weekly else N_("%(n)s đợt")
    return ", ".join([gettext(score, n=thousands(total.score)), *time, gettext(rounds, n=total.rounds)])
