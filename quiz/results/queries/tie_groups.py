"""The tie groups of a round that wait for a public draw, and those that draws have decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from core.crypto import digest
from quiz.contest.models import Round
from quiz.results.models import Draw, Result
from quiz.results.queries.draws import list_draws
from quiz.results.queries.result import find_result
from quiz.results.queries.seating import read_front
from quiz.results.rules.draws import DrawOrder, TieGroup, parts_by
from quiz.results.rules.prizes import groups_to_draw


@dataclass(frozen=True)
class OpenGroup:
    """A group of equals that may be drawn, under the key by which its page and its requests know it.

    The key changes with the version, the people, the prizes, and with every draw of any of these people. `decided_by`
    is the draw that a new recording would replace; None where the group waits for its first.
    """

    key: str
    group: TieGroup
    decided_by: Draw | None = None


@dataclass(frozen=True)
class TieGroups:
    """The groups of one list of prizes, and all draws of it, the oldest first."""

    waiting: Sequence[OpenGroup] = ()
    decided: Sequence[OpenGroup] = ()
    draws: Sequence[Draw] = ()

    def find(self, key: str) -> OpenGroup | None:
        """Return the group under *key*, which may be drawn now."""
        return next((each for each in (*self.waiting, *self.decided) if each.key == key), None)


def tie_groups(about: str, waiting: Sequence[TieGroup], whole: Sequence[TieGroup], draws: Sequence[Draw]) -> TieGroups:
    """Return the groups *waiting* for a draw, and those of *whole*, the groups without any draw, that are decided."""
    values = [each.value for each in draws]
    by_id = {each.id: each for each in draws}
    decided = [
        OpenGroup(_key(about, group, values), group, by_id[found[0].id])
        for group in whole
        if group not in waiting and (found := parts_by(group.refs, values))
    ]
    return TieGroups([OpenGroup(_key(about, each, values), each) for each in waiting], decided, draws)


def read_tie_groups(session: Session, round: Round) -> TieGroups:
    """Return the tie groups of *round*'s newest results; none before its close, nor where its rules know no draw.

    After the publication a decided group is decided for good.
    """
    result = find_result(session, round)
    if result is None or round.closed_at is None or not round.declared.may_draw:
        return TieGroups()
    return _read(session, round, result)


def _read(session: Session, round: Round, result: Result) -> TieGroups:
    front, draws = read_front(session, round, result), list_draws(session, round)
    waiting = groups_to_draw(front.awards())
    whole = groups_to_draw(front.awards(())) if draws and round.published_at is None else []
    return tie_groups(f"{round.id}:{result.version}", waiting, whole, draws)


def _key(about: str, group: TieGroup, draws: Sequence[DrawOrder]) -> str:
    touching = [str(each.id) for each in draws if each.group.intersection(group.refs)]
    facts = [about, str(group.bloc), str(group.rank), str(len(group.refs)), *group.refs, *group.places, *touching]
    return digest(*facts).hex()[:32]
