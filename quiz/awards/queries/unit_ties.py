"""The tie groups of a contest's units, by each declared measure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from quiz.awards.queries.collective import CollectiveDraft, list_unready
from quiz.awards.rules.collective import collective_awards, units_to_draw
from quiz.contest.models import Contest
from quiz.contest.rules.measures import by_measure
from quiz.contest.rules.presets import Rules, Ties
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.queries.tie_groups import OpenGroup, TieGroups, tie_groups


@dataclass(frozen=True)
class UnitTies:
    """The tie groups of each measure; none may be drawn while rounds are *unready*, since figures still change."""

    by: Mapping[CollectiveMeasure, TieGroups]
    unready: list[int]

    def find(self, key: str) -> tuple[CollectiveMeasure, OpenGroup] | None:
        """Return the group under *key* that may be drawn now, and its measure."""
        found = ((measure, groups.find(key)) for measure, groups in self.by.items())
        return next(((measure, group) for measure, group in found if group and not self.unready), None)


def unit_ties(contest: Contest, draft: CollectiveDraft | None, *, is_decided: bool, now: datetime) -> UnitTies:
    """Return the tie groups of *draft*; after a decision a decided group is decided for good."""
    if draft is None or Rules.from_dict(contest.rules).ties is not Ties.DRAW:
        return UnitTies({}, [])
    found = dict[CollectiveMeasure, TieGroups]()
    tiers: Mapping[CollectiveMeasure, list[Tier]] = by_measure(
        [tier.value for tier in contest.collective_tiers], draft.terms.measure
    )
    for own in draft.lists:
        mine = [each for each in draft.drawn if each.measure == own.measure.value]
        whole = collective_awards(draft.figures, tiers.get(own.measure, []), own.measure, Ties.DRAW)
        again = [] if is_decided or not mine else units_to_draw(whole)
        about = f"{contest.id}:{own.measure.value}"
        found[own.measure] = tie_groups(about, units_to_draw(own.awards), again, mine)
    return UnitTies(found, list_unready(contest, now))
