"""A big clock for a hall: everybody begins together, and sees how long it is until the start or the end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import render_template, request

from core.values.week import VIETNAM
from core.web.arrival import arrived_at
from core.web.extensions import db
from quiz.attempt.queries.attempt import milliseconds
from quiz.contest import queries as contests
from quiz.contest.models import Round
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.views.hall import hall_frame

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


@blueprint.get("/<slug>/dong-ho")
def hall_clock(slug: str) -> tuple[str, dict[str, str]]:
    """Show the clock of the open or next round, with the code to join; it says nothing of anybody."""
    contest, now = contest_or_404(slug), arrived_at()
    round = contests.find_open_round(db.session, contest, now) or contests.find_next_round(db.session, contest, now)
    clock = _clock(round, now) if round and contest.called_off_at is None else None
    page = render_template("quiz/results/hall_clock.html", contest=contest, clock=clock, **hall_frame(contest, now))
    return page, {"Refresh": REFRESH}


def _clock(round: Round, now: datetime) -> HallClock:
    limit = timedelta(seconds=round.limit_seconds)
    named = HOUR.fullmatch(request.args.get(START, ""))
    if named:
        today = now.astimezone(VIETNAM).replace(hour=int(named[1]), minute=int(named[2]), second=0, microsecond=0)
        starts_at = max(today.astimezone(now.tzinfo), round.opens_at)
        return HallClock(round, starts_at, min(starts_at + limit, round.closes_at), now)
    ends_at = round.closes_at if round.closes_at - round.opens_at <= LONG else None
    return HallClock(round, round.opens_at, ends_at, now)
