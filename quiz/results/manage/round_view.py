"""View model of a round's page: its present step, and what the signed-in account may do next."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from flask_babel import gettext as _

from account.models import Approval
from account.models.approval import PENDING
from privacy.models.holder import Contact
from quiz.contest.models import Round
from quiz.contest.rules.schedule import Phase
from quiz.results.manage.review_view import ReviewSummary
from quiz.results.models import EntryCluster, Result, Winner
from quiz.results.models.contact import FRONT, WINNERS
from quiz.results.queries.result import RoundOutcome
from quiz.results.queries.unreached import Calls, CallsByPerson, is_unreached
from quiz.results.rules.calls import UNDECLARED_DAYS, calls_until
from quiz.results.rules.decisions import OPEN


@dataclass(frozen=True)
class PublicationStep:
    """One of the steps from the close to the publication."""

    label: str
    is_done: bool
    is_current: bool


class Publishing(StrEnum):
    """The page's offer for the publication."""

    REVIEW_FIRST = "review-first"
    CALLS_FIRST = "calls-first"
    """The declared days of calling are not over."""
    AWAITS = "awaits"
    ASK = "ask"
    PUBLISH = "publish"
    NOTHING = "nothing"
    DONE = "done"


class FrontNames(StrEnum):
    """The page's offer for the names at the front of the standings."""

    OPEN = "open"
    AWAITS = "awaits"
    ASK = "ask"
    NOTHING = "nothing"


@dataclass(frozen=True)
class WinnerCard:
    """A person in line for a prize; `contact` is set only if it was opened to this account."""

    id: uuid.UUID
    place: str
    tag: str
    tag_class: str
    unit: str
    contact: Contact | None
    missing: str
    """Why an opened contact is missing; empty when it is hidden or shown."""
    can_call: bool
    calls: Calls | None
    """The unanswered calls."""
    passes_alone: bool
    """Whether their days of calling are over, so that no second person is needed to pass them over."""
    passing: Approval | None
    """The newest request to pass them over, if it waits, was refused or failed."""
    can_recall: bool
    cluster: int | None
    """The number of the cluster that the entry is in and that waits for a decision."""
    shares_phone: bool
    """Whether somebody ahead of them in the list has the same phone."""


@dataclass(frozen=True)
class UnreachedOffer:
    """The days of calling on the page: their end, and how many may be passed in one deed now."""

    until: datetime
    days: int
    count: int
    can_pass: bool


@dataclass(frozen=True)
class RoundView:
    """The decisions that the page of a round needs; texts and lists are passed separately."""

    steps: list[PublicationStep]
    open_parts: frozenset[str]
    can_close: bool
    can_import: bool
    can_correct: bool
    can_open_winners: bool
    is_published: bool
    winners: list[WinnerCard]
    has_known: bool
    uncalled: int
    unreached: UnreachedOffer | None
    call_days: int
    publishing: Publishing
    front: FrontNames


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


def view_of(now: Situation) -> RoundView:
    """Return the view model of the round's page."""
    contest, known = now.round.contest, now.known
    takes_papers = now.manages and contest.takes_papers
    return RoundView(
        steps=_steps(now),
        open_parts=_open_parts(now),
        can_close=now.phase is Phase.ENDED and takes_papers,
        can_import=now.phase in (Phase.OPEN, Phase.ENDED) and takes_papers,
        can_correct=now.result is not None and now.manages,
        can_open_winners=now.may_open and WINNERS not in now.opened,
        is_published=now.round.published_at is not None,
        winners=[_card(now, winner, known) for winner in now.outcome.winners],
        unreached=now.unreached,
        call_days=now.call_days,
        has_known=bool(known),
        uncalled=now.uncalled,
        publishing=_publishing(now),
        front=_front(now),
    )


def _steps(now: Situation) -> list[PublicationStep]:
    is_set = now.round.published_at is not None
    is_called = (now.result is not None and not now.uncalled and not now.is_unreviewed) or is_set
    at_close, is_reviewed = now.phase is Phase.CLOSED and not now.is_unreviewed, now.review is not None
    is_out, asks = now.phase is Phase.PUBLISHED, now.needs_second and not is_set
    reviewing = PublicationStep(_("Rà soát"), is_reviewed and not now.is_unreviewed, now.is_unreviewed)
    approving = PublicationStep(_("Phê duyệt"), is_set, at_close and is_called and asks)
    return [
        PublicationStep(_("Khóa bài"), now.result is not None, now.phase is Phase.ENDED),
        *([reviewing] if is_reviewed or now.result is None else []),
        PublicationStep(_("Gọi xác nhận"), is_called, at_close and not is_called),
        *([approving] if now.needs_second else []),
        PublicationStep(_("Công bố"), is_out, at_close and is_called and not asks and not is_out),
    ]


def _open_parts(now: Situation) -> frozenset[str]:
    """Return the parts of the page that are unfolded: those of the present step."""
    is_calling = now.result is not None and not now.is_unreviewed and (now.uncalled > 0 or not now.round.published_at)
    return frozenset(name for name, is_open in (("goi", is_calling), ("tham-gia", now.result is None)) if is_open)


def _publishing(now: Situation) -> Publishing:
    if now.round.published_at is not None:
        return Publishing.DONE
    if now.is_unreviewed:
        return Publishing.REVIEW_FIRST
    if now.holds_up:
        return Publishing.CALLS_FIRST
    if now.awaits:
        return Publishing.AWAITS
    if not now.manages:
        return Publishing.NOTHING
    return Publishing.ASK if now.needs_second else Publishing.PUBLISH


def _front(now: Situation) -> FrontNames:
    if FRONT in now.opened:
        return FrontNames.OPEN
    if not now.may_open or not now.outcome.standings:
        return FrontNames.NOTHING
    is_waiting = now.front_opening is not None and now.front_opening.state == PENDING
    return FrontNames.AWAITS if is_waiting else FrontNames.ASK


def _card(now: Situation, winner: Winner, known: Collection[uuid.UUID]) -> WinnerCard:
    is_open, is_published = WINNERS in now.opened, now.round.published_at is not None
    contact = now.outcome.contacts.get(winner.participant_id) if is_open else None
    before_publication = now.manages and not is_published and not now.awaits and not now.is_unreviewed
    afterwards = now.manages and is_published and not winner.needs_draw
    is_pending = winner.state == "pending" and is_open
    tag, tag_class = _tag(winner, known)
    return WinnerCard(
        id=winner.participant_id, place=_place(winner), tag=tag, tag_class=tag_class,
        unit=winner.participant.unit.name, contact=contact,
        missing=_missing(winner) if is_open and contact is None else "",
        can_call=is_pending and (before_publication or afterwards),
        calls=now.calls.get(winner.participant_id),
        passes_alone=is_unreached(winner, now.calls, now.round.declared.call_days, now.now),
        passing=now.passings.get(f"{now.round.id}:{winner.participant_id}"),
        can_recall=winner.state == "passed" and before_publication,
        cluster=_undecided_cluster(now, winner),
        shares_phone=winner.state == "pending" and _shares_phone(now, winner),
    )  # fmt: skip


def _undecided_cluster(now: Situation, winner: Winner) -> int | None:
    found = now.clusters.get(winner.participant_id)
    return found.number if found and found.decision == OPEN else None


def _shares_phone(now: Situation, winner: Winner) -> bool:
    """Return whether somebody ahead of *winner*, not passed over, has the same phone."""
    phone = winner.participant.phone_hash
    ahead = (each for each in now.outcome.winners if each.position < winner.position and each.state != "passed")
    return any(each.participant.phone_hash == phone for each in ahead)


def _place(winner: Winner) -> str:
    if winner.needs_draw:
        return str(_("Đồng hạng %(rank)s, chờ bốc thăm công khai", rank=winner.rank))
    return str(_("%(tier)s · hạng %(rank)s", tier=winner.prize, rank=winner.rank))


def _tag(winner: Winner, known: Collection[uuid.UUID]) -> tuple[str, str]:
    if _has_card(winner):
        return str(_("Xác nhận bằng thẻ dự thi")), "good"
    if winner.participant_id in known:
        return str(_("Đã xác nhận từ trước")), "good"
    tags = {"confirmed": (_("Đã xác nhận"), "good"), "passed": (_("Đã bỏ qua"), "bad")}
    words, look = tags.get(winner.state, (_("Chờ gọi"), "warn"))
    return str(words), look


def _has_card(winner: Winner) -> bool:
    person = winner.participant
    return winner.state == "confirmed" and person.verified_at is None and person.confirmed_at is not None


def _missing(winner: Winner) -> str:
    return str(_("(đang tạm dừng xử lý)") if winner.participant.restricted_at else _("(đã xóa thông tin)"))
