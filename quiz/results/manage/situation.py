"""The facts from which a round's page is drawn: its results, and the rights and requests of the account."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from account.models import Approval
from account.models.approval import PENDING
from quiz.contest.models import Round
from quiz.contest.rules.schedule import Phase
from quiz.results.manage.review_view import ReviewSummary
from quiz.results.models import EntryCluster, Result
from quiz.results.queries.objections import ObjectionCount, ObjectionPeriod
from quiz.results.queries.result import RoundOutcome
from quiz.results.queries.unreached import CallsByPerson, is_unreached
from quiz.results.rules.calls import UNDECLARED_DAYS, calls_until


@dataclass(frozen=True)
class UnreachedOffer:
    """The days of calling on the page: their end, and how many may be passed in one deed now."""

    until: datetime
    days: int
    count: int
    can_pass: bool


@dataclass(frozen=True)
class Situation:
    """The input of the view model: the round, its results, and the rights and requests of this account."""

    now: datetime
    round: Round
    phase: Phase
    result: Result | None
    outcome: RoundOutcome
    opened: Mapping[str, datetime]
    publishing: Approval | None
    front_opening: Approval | None
    review: ReviewSummary | None
    calls: CallsByPerson
    calls_since: datetime | None
    period: ObjectionPeriod | None
    objections: ObjectionCount
    passings: Mapping[str, Approval]
    clusters: Mapping[uuid.UUID, EntryCluster]
    manages: bool
    may_open: bool
    needs_second: bool

    @property
    def known(self) -> Collection[uuid.UUID]:
        """Winners who were confirmed in another round and need no call in this one."""
        return {
            each.participant_id for each in self.outcome.winners if each.state == "confirmed" and not each.called_at
        }

    @property
    def uncalled(self) -> int:
        """The number of people in line who are still to be called."""
        return sum(each.state == "pending" and not each.needs_draw for each in self.outcome.winners)

    @property
    def draw_waiting(self) -> int:
        """The number of people who are equal and wait for a public draw."""
        return sum(each.needs_draw for each in self.outcome.winners)

    @property
    def has_draws(self) -> bool:
        """Whether people wait for a public draw, or have a prize by one."""
        return self.draw_waiting > 0 or any(each.draw_id for each in self.outcome.winners)

    @property
    def call_days(self) -> int:
        """The declared days of calling, or those of a contest that declares none."""
        declared = self.round.declared.call_days
        return UNDECLARED_DAYS if declared is None else declared

    @property
    def unreached(self) -> UnreachedOffer | None:
        """The people whose days of calling are over; None without calls to make."""
        if self.calls_since is None or not self.uncalled:
            return None
        days = self.call_days
        count = sum(is_unreached(each, self.calls, days, self.now) for each in self.outcome.winners)
        until = calls_until(self.calls_since, days)
        return UnreachedOffer(until, days, count, can_pass=self.manages and count > 0 and not self.awaits)

    @property
    def holds_up(self) -> bool:
        """Whether people who are still to be called hold up the publication."""
        return self.unreached is not None and self.now < self.unreached.until

    @property
    def is_unreviewed(self) -> bool:
        """Whether clusters must be decided on before anybody is called."""
        return self.review is not None and self.review.undecided > 0

    @property
    def awaits(self) -> bool:
        """Whether the publication waits for its approval."""
        return self.publishing is not None and self.publishing.state == PENDING
