"""The prizes of a closed round that are given to no person."""

from collections.abc import Iterable

from quiz.contest.models import Round
from quiz.results.labels.unawarded import unawarded_sentence
from quiz.results.models import Winner
from quiz.results.rules.prizes import left_over


def unawarded_words(round: Round, winners: Iterable[Winner]) -> str:
    """Return which prizes of *round* are not given with these *winners*, and why; empty where all are."""
    held = [each.participant.bloc for each in winners if each.state != "passed"]
    left = [
        (round.contest.prize_words(name, bloc), count)
        for bloc in round.contest.numbered_blocs
        for name, count in left_over(round.tiers_for(bloc), held.count(bloc))
    ]
    return unawarded_sentence(left, all_right_only=round.declared.all_right_only)
