"""Prizes by the standings, and the ties that a public draw decides."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from quiz.contest.rules.presets import Rules, Ties
from quiz.contest.rules.prizes import Tier
from quiz.results.rules.draws import DrawOrder, TieGroup, parts_by
from quiz.results.rules.ranking import Standing


@dataclass(frozen=True, slots=True)
class Award:
    """A standing with its prize; no tier means that the draw decides, for one of *places*.

    `draw` is the id of the recorded draw by which the prize was given.
    """

    standing: Standing
    tier: Tier | None
    needs_draw: bool
    places: tuple[Tier, ...] = ()
    draw: int | None = None


def award(
    standings: Sequence[Standing],
    tiers: Sequence[Tier],
    ties: Ties,
    passed: Collection[str] = (),
    most: int | None = None,
    draws: Sequence[DrawOrder] = (),
) -> list[Award]:
    """Return the prizes down the standings, tier after tier, in the order given; those of each bloc apart.

    `passed` are refs that get none (unreachable, excluded); the next ones move up. SHARE: a tie group that starts
    inside a tier gets that tier whole, and uses up as many places below it. DRAW: a group whose places have different
    outcomes (two tiers, or prize and none) waits for the draw as a whole. An entry with 0 correct gets no prize.

    `most` is the declared largest number of people who share a tier (its quantity, if that is larger). With SHARE, a
    tie group that would exceed it is ordered by the earlier submission, to the millisecond, and gets the places one by
    one; those who are equal even so wait for the draw. None: any number shares.

    `draws` are the recorded draws, the oldest first. A group that one of them decides about gets its places one by one
    in the order drawn, and the others of it after those; they never share.

    Standings, groups and awards keep their order; no standings or tiers give no awards; raises nothing.
    """
    found: list[Award] = []
    for bloc in sorted({one.entry.bloc or 0 for one in standings}):
        mine = [one for one in standings if (one.entry.bloc or 0) == bloc]
        found += _award(mine, [tier for tier in tiers if tier.bloc in (None, bloc)], ties, passed, most, draws)
    return found


def _award(
    standings: Sequence[Standing],
    tiers: Sequence[Tier],
    ties: Ties,
    passed: Collection[str],
    most: int | None,
    draws: Sequence[DrawOrder],
) -> list[Award]:
    """Return the prizes of one bloc, or of a contest without blocs."""
    places = [tier for tier in tiers for _ in range(tier.quantity)]
    awards: list[Award] = []
    groups, by = deque(_tie_groups(standings, passed)), dict[str, int]()
    while groups and len(awards) < len(places):
        group = groups.popleft()
        outcomes, ref = places[len(awards) : len(awards) + len(group)], group[0].entry.ref
        shares = ties is Ties.SHARE and ref not in by and _may_share(group, outcomes[0], awards, most)
        is_whole = shares or not _is_split(group, outcomes)
        if not is_whole and (parts := _parts(group, ties, draws, by)):
            groups.extendleft(reversed(parts))
        elif is_whole:
            awards += [Award(standing, outcomes[0], False, draw=by.get(ref)) for standing in group]
        else:
            awards += [Award(standing, None, True, tuple(outcomes)) for standing in group]
    return awards


def _parts(
    group: Sequence[Standing], ties: Ties, draws: Sequence[DrawOrder], by: dict[str, int]
) -> list[list[Standing]] | None:
    """Return *group* in the parts that get their places one after the other, and note in *by* whom a draw put there;
    None where the group waits for a draw.
    """
    earlier = [] if ties is Ties.DRAW or group[0].entry.ref in by else _by_submission(group)
    if len(earlier) > 1:
        return earlier
    lines = {one.entry.ref: one for one in group}
    found = parts_by(list(lines), draws)
    if found is None:
        return None
    draw, parts = found
    by |= dict.fromkeys(lines, draw.id)
    return [[lines[ref] for ref in part] for part in parts]


def groups_to_draw(awards: Sequence[Award]) -> list[TieGroup]:
    """Return the groups among *awards* that wait for a draw, in their order; none where no group waits."""
    found: list[TieGroup] = []
    waiting = [one for one in awards if one.needs_draw]
    for (bloc, rank, places), group in groupby(waiting, key=_draw_key):
        refs = tuple(one.standing.entry.ref for one in group)
        found.append(TieGroup(bloc, rank, refs, tuple(tier.name for tier in places)))
    return found


def _draw_key(award: Award) -> tuple[int, int, tuple[Tier, ...]]:
    return award.standing.entry.bloc or 0, award.standing.rank, award.places


def left_over(tiers: Sequence[Tier], awarded: int) -> list[tuple[str, int]]:
    """Return the prizes of one bloc that are not given when *awarded* people have one, by name, with their number.

    No tiers, or as many people as prizes, give an empty list; raises nothing.

    >>> left_over([Tier("Giải Nhất", 1), Tier("Giải Ba", 3)], 2)
    [('Giải Ba', 2)]
    """
    places = [tier.name for tier in tiers for _ in range(tier.quantity)][awarded:]
    return list(Counter(places).items())


def may_win(standings: Sequence[Standing], rules: Rules, *, size: int, barred: Collection[str]) -> list[Standing]:
    """Return those of *standings* who can take a prize by *rules*, in their order; ranks stay.

    *barred* are refs whose earlier prizes leave them out of this round. Where only the all-right win, a paper needs all
    of its *size* questions right. No standings give an empty list; raises nothing.
    """
    return [
        one
        for one in standings
        if one.entry.ref not in barred and (not rules.all_right_only or one.entry.correct >= size)
    ]


def front(
    standings: Iterable[Standing], rules: Rules, reach: int, *, size: int, barred: Collection[str]
) -> list[Standing]:
    """Return the first *reach* of those who `may_win`, with the whole tie group of the last one: all that an award of
    as many prizes reads. Nothing behind them is read.
    """
    found: list[Standing] = []
    for one in standings:
        if len(found) >= reach and (not found or one.rank != found[-1].rank):
            break
        found += may_win([one], rules, size=size, barred=barred)
    return found


def is_barred(rules: Rules, *, number: int, won: Collection[int]) -> bool:
    """Return whether the prizes of somebody who *won* in the rounds with these numbers bar them in round *number*.

    A prize bars its winner for the next `rest_rounds` rounds, and for the rest of the contest when `most_prizes` are
    won. Only earlier rounds count. Without earlier prizes it is False; raises nothing.

    >>> from dataclasses import replace
    >>> from quiz.contest.rules.presets import PRESETS
    >>> rules = replace(PRESETS["lam-binh"], rest_rounds=2)
    >>> [is_barred(rules, number=number, won=[3]) for number in (3, 4, 5, 6)]
    [False, True, True, False]
    """
    earlier = [each for each in won if each < number]
    rests = rules.rest_rounds is not None and any(number - each <= rules.rest_rounds for each in earlier)
    return rests or (rules.most_prizes is not None and len(earlier) >= rules.most_prizes)


def forgone(
    standings: Sequence[Standing],
    tiers: Sequence[Tier],
    ties: Ties,
    passed: Collection[str],
    most: int | None = None,
    draws: Sequence[DrawOrder] = (),
) -> dict[str, Award]:
    """Return the prize of each of *passed* who would have one if reached, the others passed as they are; by ref.

    A mark "not reached" belongs to a prize: those who are missing here were never in line for one. None passed, or no
    tiers, give an empty dict; raises nothing.
    """
    offered = {ref: award(standings, tiers, ties, set(passed) - {ref}, most, draws) for ref in passed}
    return {ref: each for ref, awards in offered.items() for each in awards if each.standing.entry.ref == ref}


def _may_share(group: Sequence[Standing], tier: Tier, awards: Sequence[Award], most: int | None) -> bool:
    """Return whether *group* may have *tier* as a whole beside those who have it."""
    if most is None or len(group) == 1:
        return True
    return sum(one.tier is tier for one in awards) + len(group) <= max(most, tier.quantity)


def _is_split(group: Sequence[Standing], outcomes: Sequence[Tier]) -> bool:
    return len(outcomes) < len(group) or any(tier is not outcomes[0] for tier in outcomes)


def _by_submission(group: Sequence[Standing]) -> list[list[Standing]]:
    """Return *group* in parts, the earliest submission first; those without a moment are one part, the last."""
    ordered = sorted(group, key=_moment)  # stable: equal moments keep their order
    return [list(part) for _, part in groupby(ordered, key=_moment)]


def _moment(standing: Standing) -> tuple[bool, int]:
    moment = standing.entry.submitted_ms
    return (moment is None, moment or 0)


def _tie_groups(standings: Sequence[Standing], passed: Collection[str]) -> Iterator[list[Standing]]:
    ordered = sorted(standings, key=_place)  # stable: a tie keeps its order
    for _, group in groupby(ordered, key=_place):
        eligible = [one for one in group if one.entry.ref not in passed and one.entry.correct > 0]
        if eligible:
            yield eligible


def _place(standing: Standing) -> int:
    return standing.rank
