"""Amendments of dates and prizes: what is declared of them, what may change when, and what becomes worse for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from quiz.contest.rules.places import places_of_people, places_of_units
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import Span
from quiz.contest.rules.terms import as_measure

NOTICE = timedelta(hours=24)
"""How long before it holds an earlier opening or close, or a common start, is published at least (decision 0091)."""


class Loss(StrEnum):
    """Something that people know already and that an amendment takes from them."""

    OPENS_EARLIER = "opens-earlier"
    """It opens earlier where the earlier paper wins: those who come at the announced hour lose places."""
    OPENS_LATER = "opens-later"
    CLOSES_EARLIER = "closes-earlier"
    RESULTS_LATER = "results-later"
    FEWER_PRIZES = "fewer-prizes"
    LESS_MONEY = "less-money"
    """For a prize of one name, or for a place: a small prize put first takes the large one from the leader."""
    OTHER_PRIZE = "other-prize"
    """A place gets a prize that stood below, or a new one that is not worth more."""
    OTHER_ORDER = "other-order"
    """Papers, guesses or ties are ranked otherwise: some people lose the place that the published rules gave them."""
    FEWER_TRIES = "fewer-tries"
    FEWER_MAY_WIN = "fewer-may-win"
    """Only the all-right win, past winners rest for longer, one person wins less often, or fewer share a prize."""
    FEWER_CALLS = "fewer-calls"
    """Winners who are not reached lose their prize sooner."""
    MORE_QUESTIONS = "more-questions"
    """More questions in the same time."""
    STARTS_TOGETHER = "starts-together"
    """People who come after the opening have less time, or no paper."""
    MORE_RIVALS = "more-rivals"
    """Units join whose people compete for the same prizes: whole communes, or units of the one commune of a contest."""


NOTICED = frozenset(
    {
        Loss.FEWER_PRIZES,
        Loss.LESS_MONEY,
        Loss.OTHER_PRIZE,
        Loss.OTHER_ORDER,
        Loss.FEWER_TRIES,
        Loss.FEWER_MAY_WIN,
        Loss.FEWER_CALLS,
        Loss.MORE_QUESTIONS,
        Loss.STARTS_TOGETHER,
        Loss.MORE_RIVALS,
    }
)
"""The losses that are published `NOTICE` before the first round that they hold in opens (decision 0105). Later dates
are none of them: a flood gives no notice; for earlier ones see `refuse_dates`.
"""


class DateRefusal(StrEnum):
    """A reason why the dates of a round do not change."""

    OVER = "over"
    """It has ended or is being ranked."""
    BEGUN = "begun"
    """It is open: only its close and its results move, and only later."""
    PAST = "past"
    """It would open in the past."""
    SHORT_NOTICE = "short-notice"
    """It would open or close earlier, or start for all at once, within `NOTICE`."""


@dataclass(frozen=True)
class DeclaredPlan:
    """The dates of a contest's rounds by number, and its prizes as declared: of people in each round, of units, and of
    people for the whole contest.
    """

    spans: Mapping[int, Span]
    tiers: tuple[Tier, ...]
    collective: tuple[Tier, ...]
    season: tuple[Tier, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as JSON values, which `from_dict` reads."""
        spans = {str(number): [each.isoformat() for each in moments(span)] for number, span in self.spans.items()}
        prizes = {"tiers": tiers_to_json(self.tiers), "collective": tiers_to_json(self.collective)}
        return {"spans": spans, **prizes} | ({"season": tiers_to_json(self.season)} if self.season else {})

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> DeclaredPlan:
        """Return the plan in stored JSON.

        >>> plan = DeclaredPlan({}, (Tier("Giải Nhất", 1, 500_000),), ())
        >>> DeclaredPlan.from_dict(plan.to_dict()) == plan
        True
        """
        spans = {int(number): Span(*map(datetime.fromisoformat, at)) for number, at in data["spans"].items()}
        prizes = (tuple(tiers_from_json(data.get(name, ()))) for name in ("tiers", "collective", "season"))
        return cls(spans, *prizes)

    def moved(self, after: DeclaredPlan) -> list[int]:
        """Return the numbers of the rounds whose dates are others *after*."""
        return sorted(number for number, span in self.spans.items() if after.spans.get(number, span) != span)


def moments(span: Span) -> tuple[datetime, datetime, datetime]:
    """Return the opening, the close and the moment of the results."""
    return span.opens_at, span.closes_at, span.results_at


def tiers_to_json(tiers: Iterable[Tier]) -> list[dict[str, Any]]:
    """Return prizes as JSON values, which `tiers_from_json` reads."""
    return [
        {"name": each.name, "quantity": each.quantity, "amount": each.amount, "bloc": each.bloc}
        | ({"measure": each.measure.value} if each.measure else {})
        for each in tiers
    ]


def tiers_from_json(stored: Iterable[Mapping[str, Any]]) -> list[Tier]:
    """Return prizes in stored JSON; those without a measure go by the contest's."""
    return [
        Tier(each["name"], each["quantity"], each["amount"], each["bloc"], as_measure(each.get("measure")))
        for each in stored
    ]


def refuse_dates(before: Span, after: Span, *, is_frozen: bool, now: datetime) -> DateRefusal | None:
    """Return why the dates of one round do not change at *now*; None where they may, or stay.

    Source: decisions 0088 and 0091. A round that is open only grows: nothing that people rely on ends sooner. One that
    has not opened begins or ends sooner only after `NOTICE`.
    """
    if before == after:
        return None
    if is_frozen or now >= before.closes_at:
        return DateRefusal.OVER
    if now < before.opens_at:
        return _refuse_unopened(before, after, now)
    grows = after.opens_at == before.opens_at and after.closes_at >= before.closes_at
    return None if grows and after.results_at >= before.results_at else DateRefusal.BEGUN


def _refuse_unopened(before: Span, after: Span, now: datetime) -> DateRefusal | None:
    if after.opens_at <= now:
        return DateRefusal.PAST
    sooner = [then for was, then in zip(moments(before)[:2], moments(after)[:2], strict=True) if then < was]
    return DateRefusal.SHORT_NOTICE if any(then < now + NOTICE for then in sooner) else None


def losses(before: DeclaredPlan, after: DeclaredPlan, *, earlier_wins: bool = False) -> list[Loss]:
    """Return what becomes worse for the participants, each kind once; an empty list where nothing does.

    Results that come later with a later close are no loss of their own. An earlier opening is one where, by the rules,
    *earlier_wins*.
    """
    pairs = [(span, after.spans.get(number, span)) for number, span in before.spans.items()]
    found = {
        Loss.OPENS_EARLIER: earlier_wins and any(now.opens_at < was.opens_at for was, now in pairs),
        Loss.OPENS_LATER: any(now.opens_at > was.opens_at for was, now in pairs),
        Loss.CLOSES_EARLIER: any(now.closes_at < was.closes_at for was, now in pairs),
        Loss.RESULTS_LATER: any(_waits_longer(was, now) for was, now in pairs),
        **_prize_losses(before, after),
    }
    return [loss for loss, is_so in found.items() if is_so]


def rule_losses(before: Rules, after: Rules) -> list[Loss]:
    """Return what other rules take from the participants, each kind once; an empty list where they only give.

    Any other way to rank is a loss, since somebody loses a place by it.

    >>> from quiz.contest.rules.presets import PRESETS
    >>> rule_losses(PRESETS["duration"], PRESETS["duration"]), rule_losses(PRESETS["vcnet"], PRESETS["duration"])
    ([], [<Loss.OTHER_ORDER: 'other-order'>, <Loss.FEWER_TRIES: 'fewer-tries'>])
    """
    fewer_win = (
        after.all_right_only and not before.all_right_only,
        _is_less(before.most_prizes, after.most_prizes),
        _is_less(before.most_sharing, after.most_sharing),
        (after.rest_rounds or 0) > (before.rest_rounds or 0),
    )
    found = {
        Loss.OTHER_ORDER: _ranking(before) != _ranking(after),
        Loss.FEWER_TRIES: _is_less(before.tries, after.tries),
        Loss.FEWER_MAY_WIN: any(fewer_win),
        Loss.FEWER_CALLS: _is_less(before.call_days, after.call_days),
        Loss.MORE_QUESTIONS: _is_less(after.shown, before.shown),
        Loss.STARTS_TOGETHER: after.starts_together and not before.starts_together,
    }
    return [loss for loss, is_so in found.items() if is_so]


def _ranking(rules: Rules) -> tuple[object, ...]:
    """Return the rules that decide who is before whom."""
    guess = rules.guess_target, rules.guess_binds, rules.guess_decimals
    return rules.order, rules.counts, guess, rules.ties, rules.draw_source, rules.draw_digits, rules.season


def _is_less(was: int | None, now: int | None) -> bool:
    """Return whether a limit is tighter; None is no limit."""
    return now is not None and (was is None or now < was)


def _waits_longer(was: Span, now: Span) -> bool:
    return now.results_at > was.results_at and now.closes_at <= was.closes_at


def declared_pairs(before: DeclaredPlan, after: DeclaredPlan) -> list[tuple[Tier, Tier | None]]:
    """Return each declared prize with the one of that name, bloc and measure afterwards."""
    found: list[tuple[Tier, Tier | None]] = []
    both = (before.tiers, after.tiers), (before.season, after.season), (before.collective, after.collective)
    for was, now in both:
        new = {_key(each): each for each in now}
        found += [(tier, new.get(_key(tier))) for tier in was]
    return found


def _key(tier: Tier) -> tuple[object, ...]:
    return tier.name, tier.bloc, tier.measure


def _prize_losses(before: DeclaredPlan, after: DeclaredPlan) -> dict[Loss, bool]:
    """Return whether prizes take something, by their names and by the places that they go to."""
    pairs = declared_pairs(before, after)
    places = [
        *places_of_people(before.tiers, after.tiers),
        *places_of_people(before.season, after.season),
        *places_of_units(before.collective, after.collective),
    ]
    fewer = any(new is None or new.quantity < tier.quantity for tier, new in pairs)
    both = ((tier.amount, new.amount) for tier, new in pairs if new is not None)
    less = any(was is not None and (now is None or now < was) for was, now in both)
    return {
        Loss.FEWER_PRIZES: fewer or any(each.is_gone for each in places),
        Loss.LESS_MONEY: less or any(each.has_less for each in places),
        Loss.OTHER_PRIZE: any(each.has_other for each in places),
    }
