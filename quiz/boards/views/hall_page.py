"""View model of a round's results in a hall: its prizes by tier, and the steps of opening them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from quiz.boards.rules.reveal import MOST_SINGLE, Curtain, curtains, steps
from quiz.boards.views.board_words import rough_words
from quiz.contest.labels.prizes import prize_name
from quiz.contest.models import Round
from quiz.results.models import Result, StandingRow, Winner
from quiz.results.queries.result import RoundOutcome

ROOMY, FULL = 9, 11
"""The most lines of prizes on a screen with letters of the usual size, and with letters a step smaller."""


@dataclass(frozen=True)
class HallPrize:
    """A prize in the hall; its winner is only given where it is open, so that nothing is in the page before that."""

    state: Curtain
    winner: Winner | None
    standing: StandingRow | None


@dataclass(frozen=True)
class HallTier:
    """The prizes of a tier; `medal` is 0 after the third tier, and one that `is_listed` is opened at once."""

    name: str
    medal: int
    prizes: Sequence[HallPrize]
    bloc: str = ""
    """The name of the bloc, where the contest has blocs."""

    @property
    def is_listed(self) -> bool:
        """Whether it is too large for cards."""
        return len(self.prizes) > MOST_SINGLE

    @property
    def is_first(self) -> bool:
        """Whether it is one first prize, which has a card of its own."""
        return self.medal == 1 and len(self.prizes) == 1

    @property
    def lines(self) -> int:
        """The height of its part of the screen, in lines of a prize; names that are listed stand side by side."""
        return 3 if self.is_first or self.is_listed else len(self.prizes)

    @property
    def state(self) -> Curtain:
        """The state of a tier that is opened at once."""
        return self.prizes[0].state


@dataclass(frozen=True)
class HallPage:
    """A step of opening the prizes: the number of open ones, of steps, and the steps before and after."""

    title: str
    tiers: Sequence[HallTier]
    step: int
    last: int

    @property
    def prizes(self) -> int:
        """The number of prizes."""
        return sum(len(tier.prizes) for tier in self.tiers)

    @property
    def density(self) -> str:
        """The step by which letters are smaller than usual, so that every prize fits one screen."""
        lines = sum(tier.lines for tier in self.tiers)
        return "" if lines <= ROOMY else "tight" if lines <= FULL else "tightest"

    @property
    def opened(self) -> int:
        """The number of open prizes."""
        return sum(prize.winner is not None for tier in self.tiers for prize in tier.prizes)


def hall_page(round: Round, result: Result, outcome: RoundOutcome, asked: str) -> HallPage:
    """Return the page after as many steps as the address *asked* for; after none for anything but a number."""
    contest = round.contest
    groups = [
        (place, tier.name, contest.bloc_name(bloc), winners)
        for bloc in contest.numbered_blocs
        for place, tier in enumerate(round.tiers_for(bloc))
        if (winners := [winner for winner in outcome.winners if _is_won(winner, tier.name, bloc)])
    ]
    sizes = [len(winners) for _place, _name, _bloc, winners in groups]
    last = len(steps(sizes))
    step = min(int(asked), last) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 0
    lines = {row.participant_id: row for row in outcome.standings}
    tiers = [
        HallTier(prize_name(name, contest), place + 1 if place < 3 else 0, _prizes(winners, states, lines), bloc)
        for (place, name, bloc, winners), states in zip(groups, curtains(sizes, step), strict=True)
    ]
    return HallPage(_title(result), tiers, step, last)


def _is_won(winner: Winner, tier: str, bloc: int | None) -> bool:
    return (
        winner.tier == tier
        and bloc in (None, winner.participant.bloc)
        and winner.state == "confirmed"
        and not winner.needs_draw
    )


def _prizes(
    winners: Sequence[Winner], states: Sequence[Curtain], lines: Mapping[uuid.UUID, StandingRow]
) -> list[HallPrize]:
    return [
        HallPrize(state, winner, lines.get(winner.participant_id))
        if state in (Curtain.OPEN, Curtain.LIFTED)
        else HallPrize(state, None, None)
        for winner, state in zip(winners, states, strict=True)
    ]


def _title(result: Result) -> str:
    if not result.perfect:
        return str(_("Tuần này chưa ai đúng hết"))
    if result.perfect == result.people:
        return str(_("Ai cũng đúng hết"))
    tenths = rough_words(Decimal(10 * result.perfect) / result.people)
    return str(_("Cứ 10 người thì %(tenths)s người đúng hết", tenths=tenths))
