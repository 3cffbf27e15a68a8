"""A big clock for a hall: how long it is until the start, the end or the close, how many took part, how to join."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import render_template, request

from core.values.week import VIETNAM
from core.web.arrival import arrived_at
from core.web.extensions import db
from quiz.attempt.queries.attempt import milliseconds
from quiz.boards.views.hall import hall_frame
from quiz.contest import queries as contests
from quiz.contest.labels.sentences import order_sentence
from quiz.contest.models import Contest, Round
from quiz.contest.rules.presets import GuessTarget
from quiz.contest.rules.schedule import RoundDay, TimeLeft, days_of, time_left
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.queries.turnout import count_people, turnout_of_round

START = "tu"
"""The parameter with the hour at which the hall begins together today, as 08:00; else the round's own hours count."""
HOUR = re.compile(r"([01]?[0-9]|2[0-3])[:hg]([0-5][0-9])")
REFRESH = "15"
LONG = timedelta(hours=3)
"""A round that stays open for longer has no clock of its own for a hall."""


@dataclass(frozen=True)
class HallClock:
    """The moments of a hall: its start and its end; None where a round is open for long and no hour was named."""

    round: Round
    starts_at: datetime
    ends_at: datetime | None
    now: datetime

    @property
    def has_begun(self) -> bool:
        """Whether papers may be opened."""
        return self.now >= self.starts_at

    @property
    def is_over(self) -> bool:
        """Whether the time is over."""
        return self.ends_at is not None and self.now >= self.ends_at

    @property
    def until_ms(self) -> int:
        """The moment that is counted down to, in milliseconds since the epoch; 0 for none."""
        moment = self.ends_at if self.has_begun else self.starts_at
        return 0 if moment is None or self.is_over else milliseconds(moment)

    @property
    def left(self) -> str:
        """The time until that moment, as the page first shows it."""
        seconds = max(0, -(-(self.until_ms - milliseconds(self.now)) // 1000))
        minutes, hours = seconds // 60 % 60, seconds // 3600
        return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"

    @property
    def closes_in(self) -> TimeLeft | None:
        """The time until the close of an open round that has no clock of its own for a hall; else None."""
        return time_left(self.round.closes_at, self.now) if self.has_begun and self.ends_at is None else None

    @property
    def close_ms(self) -> int:
        """The close of the round, in milliseconds since the epoch."""
        return milliseconds(self.round.closes_at)

    @property
    def days(self) -> Sequence[RoundDay]:
        """The local days of the round."""
        return days_of(contests.span_of(self.round), self.now)

    @property
    def order(self) -> str:
        """The order of papers, in a sentence."""
        return order_sentence(self.round.declared)


@dataclass(frozen=True)
class HallCrowd:
    """How many people have taken part, as the board says it: in the round up to a day, or before it without one."""

    people: int
    until: date | None = None


@blueprint.get("/<slug>/dong-ho")
def hall_clock(slug: str) -> tuple[str, dict[str, str]]:
    """Show the clock of the open or next round, with the code to join; of people it has their number alone."""
    contest, now = contest_or_404(slug), arrived_at()
    round = contests.find_open_round(db.session, contest, now) or contests.find_next_round(db.session, contest, now)
    clock = _clock(round, now) if round and contest.called_off_at is None else None
    crowd = _crowd(contest, clock) if clock else None
    frame = hall_frame(contest, now)
    page = render_template("quiz/boards/hall_clock.html", contest=contest, clock=clock, crowd=crowd, **frame)
    return page, {"Refresh": REFRESH}


def _crowd(contest: Contest, clock: HallClock) -> HallCrowd | None:
    """Return the people of the round up to the last day that its board shows, before such a day those of the closed
    rounds; None without any, and where people guess their number.
    """
    if clock.round.declared.guess_target is GuessTarget.PEOPLE:
        return None
    if clock.now >= clock.round.opens_at:
        board = turnout_of_round(db.session, clock.round, clock.now)
        if board.people:
            return HallCrowd(board.people, board.until)
    people = sum(count_people(db.session, contest).values())
    return HallCrowd(people) if people else None


def _clock(round: Round, now: datetime) -> HallClock:
    limit = timedelta(seconds=round.limit_seconds)
    named = HOUR.fullmatch(request.args.get(START, ""))
    if named:
        today = now.astimezone(VIETNAM).replace(hour=int(named[1]), minute=int(named[2]), second=0, microsecond=0)
        starts_at = max(today.astimezone(now.tzinfo), round.opens_at)
        return HallClock(round, starts_at, min(starts_at + limit, round.closes_at), now)
    ends_at = round.closes_at if round.closes_at - round.opens_at <= LONG else None
    return HallClock(round, round.opens_at, ends_at, now)
