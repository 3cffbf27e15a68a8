"""The standings of a whole contest in words: choices of the organiser, and the sentence of the rules."""

from __future__ import annotations

from core.translation import gettext
from core.values.text import N_
from quiz.contest.rules.season import SeasonMeasure, SeasonRule, SeasonTie

SEASON_MEASURE: dict[SeasonMeasure, str] = {
    SeasonMeasure.CORRECT: N_("Cộng số câu đúng của các đợt"),
    SeasonMeasure.POINTS: N_("Cộng điểm theo hạng của từng đợt"),
}
SEASON_TIE: dict[SeasonTie, str] = {
    SeasonTie.DURATION: N_("làm bài nhanh hơn"),
    SeasonTie.CORRECT: N_("nhiều câu đúng hơn"),
    SeasonTie.FIRSTS: N_("nhiều lần hạng nhất hơn"),
    SeasonTie.ROUNDS: N_("thi nhiều đợt hơn"),
}


def season_sentence(rule: SeasonRule) -> str:
    """Return how the rounds of a contest add up, as the public reads it."""
    return gettext("Xếp hạng cả cuộc thi (khi có từ hai đợt): %(how)s; %(ties)s.", how=_how(rule), ties=_ties(rule))


def _how(rule: SeasonRule) -> str:
    """Return what is added over which rounds."""
    if rule.measure is SeasonMeasure.POINTS:
        points = ", ".join(
            gettext("hạng %(rank)s: %(points)s điểm", rank=rank, points=each)
            for rank, each in enumerate(rule.points, 1)
        )
        if rule.best is None:
            return gettext("cộng điểm của các đợt (%(points)s, hạng sau không có điểm)", points=points)
        return gettext(
            "cộng điểm của %(best)s đợt cao nhất của mỗi người (%(points)s, hạng sau không có điểm)",
            best=rule.best,
            points=points,
        )
    if rule.best is None:
        return gettext("cộng số câu đúng của các đợt")
    return gettext("cộng số câu đúng của %(best)s đợt cao nhất của mỗi người", best=rule.best)


def _ties(rule: SeasonRule) -> str:
    """Return what breaks a tie, and that those who are still equal share a rank."""
    if not rule.ties:
        return gettext("bằng nhau thì cùng hạng")
    steps = gettext(SEASON_TIE[rule.ties[0]])
    for tie in rule.ties[1:]:
        steps = gettext("%(before)s, rồi %(after)s", before=steps, after=gettext(SEASON_TIE[tie]))
    return gettext("bằng nhau thì xét %(steps)s; vẫn bằng thì cùng hạng", steps=steps)
