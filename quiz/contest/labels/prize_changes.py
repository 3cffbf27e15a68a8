"""Other prizes in words: the places that lose by them, and the prizes of a round together before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_
from quiz.contest.labels.prizes import WithPrizes, prize_shown
from quiz.contest.rules.amendments import DeclaredPlan, Loss, declared_pairs
from quiz.contest.rules.places import PrizePlace, places_of_people, places_of_units
from quiz.contest.rules.prizes import Tier, budget, count

_OF_ROUND = N_("hạng %(places)s")
_OF_SEASON = N_("giải chung cuộc hạng %(places)s")
_OF_UNITS = N_("giải tập thể hạng %(places)s")


class PrizedContest(WithPrizes, Protocol):
    """A contest with its blocs."""

    @property
    def is_weekly(self) -> bool:
        """Whether its rounds are weeks."""

    @property
    def blocs(self) -> Sequence[object]:
        """Its blocs."""

    def bloc_name(self, position: int | None) -> str:
        """Return the name of a bloc."""


def loss_details(contest: PrizedContest, before: DeclaredPlan, after: DeclaredPlan) -> dict[Loss, str]:
    """Return by kind which prizes are fewer, and which places lose their prize or get less money."""
    people = list(places_of_people(before.tiers, after.tiers))
    season = list(places_of_people(before.season, after.season))
    units = list(places_of_units(before.collective, after.collective))
    fewer = [_fewer(contest, was, now) for was, now in declared_pairs(before, after) if _quantity(now) < was.quantity]
    gone = [
        *_runs(contest, [each for each in people if each.is_gone]),
        *_runs(contest, [each for each in season if each.is_gone], of=_OF_SEASON),
        *_runs(contest, [each for each in units if each.is_gone], of=_OF_UNITS),
    ]
    less = [
        *_runs(contest, [each for each in people if each.has_less]),
        *_runs(contest, [each for each in season if each.has_less], of=_OF_SEASON),
        *_runs(contest, [each for each in units if each.has_less], of=_OF_UNITS),
    ]
    return {Loss.FEWER_PRIZES: "; ".join(fewer + gone), Loss.LESS_MONEY: "; ".join(less)}


def prize_totals(contest: PrizedContest, before: DeclaredPlan, after: DeclaredPlan) -> list[str]:
    """Return the number and the cost of the prizes before and after, of a round and of the contest, if changed."""
    weekly, by_round = N_("Cả tuần: %(after)s (trước: %(before)s)."), N_("Cả đợt: %(after)s (trước: %(before)s).")
    words = weekly if contest.is_weekly else by_round
    blocs, found = len(contest.blocs), []
    if before.tiers != after.tiers:
        found.append(gettext(words, before=_total(before.tiers, blocs), after=_total(after.tiers, blocs)))
    if before.season != after.season:
        season = N_("Giải chung cuộc: %(after)s (trước: %(before)s).")
        found.append(gettext(season, before=_total(before.season, blocs), after=_total(after.season, blocs)))
    if before.collective != after.collective:
        units = N_("Giải tập thể: %(after)s (trước: %(before)s).")
        found.append(gettext(units, before=_total(before.collective), after=_total(after.collective)))
    return found


def prize_pairs(contest: PrizedContest, before: DeclaredPlan, after: DeclaredPlan) -> list[tuple[str, str]]:
    """Return the prizes that change by name, each as it was and as it becomes: "1 × 500.000 → 2 × 500.000 đồng"."""
    each_round = N_("%(prize)s, mỗi tuần") if contest.is_weekly else N_("%(prize)s, mỗi đợt")
    people = [(gettext(each_round, prize=name), words) for name, words in _pairs(contest, before.tiers, after.tiers)]
    season = _pairs(contest, before.season, after.season)
    people += [(gettext("%(prize)s, chung cuộc", prize=name), words) for name, words in season]
    units = _pairs(contest, before.collective, after.collective)
    return people + [(gettext("%(prize)s, giải tập thể", prize=name), words) for name, words in units]


def _pairs(contest: PrizedContest, before: Sequence[Tier], after: Sequence[Tier]) -> Iterator[tuple[str, str]]:
    was, now = ({(tier.name, tier.bloc, tier.measure): tier for tier in tiers} for tiers in (before, after))
    for key in dict.fromkeys([*was, *now]):
        old, new = was.get(key), now.get(key)
        if old != new:
            paid = N_("%(before)s → %(after)s đồng") if new and new.amount is not None else N_("%(before)s → %(after)s")
            words = gettext(paid, before=_given(old), after=_given(new))
            yield prize_shown(key[0], contest, contest.bloc_name(key[1])), words


def _given(tier: Tier | None) -> str:
    """Return how many prizes there are and what each is worth."""
    if tier is None:
        return gettext("không có")
    if tier.amount is None:
        return gettext("%(n)s giải", n=thousands(tier.quantity))
    return f"{thousands(tier.quantity)} × {thousands(tier.amount)}"


def _total(tiers: Sequence[Tier], blocs: int = 0) -> str:
    number = gettext("%(n)s giải", n=thousands(count(tiers, blocs)))
    money = budget(tiers, blocs)
    return f"{number}, {gettext('%(amount)s đồng', amount=thousands(money))}" if money else number


def _quantity(tier: Tier | None) -> int:
    return tier.quantity if tier else 0


def _fewer(contest: PrizedContest, was: Tier, now: Tier | None) -> str:
    name = prize_shown(was.name, contest, contest.bloc_name(was.bloc))
    if now is None:
        return gettext("không còn %(prize)s", prize=name)
    return gettext("%(prize)s còn %(after)s, trước %(before)s", prize=name, before=was.quantity, after=now.quantity)


def _runs(contest: PrizedContest, places: Iterable[PrizePlace], *, of: str = _OF_ROUND) -> list[str]:
    """Return neighbouring places that lose alike as one: "hạng 3–5 còn 300.000 đồng, trước 500.000 đồng"."""
    found = []
    for _same, run in groupby(enumerate(places), lambda at: (at[1].place - at[0], at[1].bloc, _amounts(at[1]))):
        first, *rest = [each for _at, each in run]
        found.append(_run(_named(contest, first, (rest or [first])[-1], of), first))
    return list(dict.fromkeys(found))


def _named(contest: PrizedContest, first: PrizePlace, last: PrizePlace, of: str) -> str:
    """Return places in words: "hạng 3–5", "Học sinh hạng 1", "giải tập thể hạng 2"."""
    places = str(first.place) if first.place == last.place else f"{first.place}–{last.place}"
    named = gettext(of, places=places)
    bloc = contest.bloc_name(first.bloc)
    return f"{bloc} {named}" if bloc else named


def _amounts(place: PrizePlace) -> tuple[int | None, int | None]:
    return (None, None) if place.now is None else (place.was.amount, place.now.amount)


def _run(places: str, first: PrizePlace) -> str:
    was, now = _amounts(first)
    if first.is_gone:
        return gettext("%(places)s không còn giải", places=places)
    if was is None or now is None:
        return gettext("%(places)s không còn tiền thưởng", places=places)
    words = N_("%(places)s còn %(after)s đồng, trước %(before)s đồng")
    return gettext(words, places=places, before=thousands(was), after=thousands(now))
