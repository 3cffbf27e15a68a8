"""View model of a round's page: its present step, and what the signed-in account may do next."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _

from account.models import Approval
from account.models.approval import PENDING
from privacy.models.holder import Contact
from quiz.contest.labels.prizes import prize_shown
from quiz.contest.labels.rounds import how_late
from quiz.contest.rules.schedule import Phase
from quiz.results.manage.round_steps import NextDeed, PublicationStep, next_deed, steps_of
from quiz.results.manage.situation import Situation, UnreachedOffer
from quiz.results.models import Winner
from quiz.results.models.contact import FRONT, WINNERS
from quiz.results.queries.unreached import Calls, is_unreached
from quiz.results.rules.decisions import OPEN


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
class RoundView:
    """The decisions that the page of a round needs; texts and lists are passed separately."""

    steps: list[PublicationStep]
    next_deed: NextDeed | None
    open_parts: frozenset[str]
    can_import: bool
    can_print: bool
    """Whether paper sheets can be printed before the round opens."""
    can_correct: bool
    can_open_winners: bool
    may_compare: bool
    has_draws: bool
    draw_waiting: int
    is_published: bool
    winners: list[WinnerCard]
    has_known: bool
    uncalled: int
    unreached: UnreachedOffer | None
    call_days: int
    publishing: Publishing
    front: FrontNames
    late: str
    """How long the hour for which the publication was announced is past, while it is not set."""


def view_of(now: Situation) -> RoundView:
    """Return the view model of the round's page."""
    contest, known = now.round.contest, now.known
    takes_papers = now.manages and contest.takes_papers
    return RoundView(
        steps=steps_of(now),
        next_deed=next_deed(now) if now.manages else None,
        open_parts=_open_parts(now),
        can_import=now.phase in (Phase.OPEN, Phase.ENDED) and takes_papers,
        can_print=now.phase is Phase.UPCOMING and takes_papers and bool(now.round.questions),
        can_correct=now.result is not None and now.manages,
        may_compare=now.may_open and now.result is not None,
        has_draws=now.has_draws,
        draw_waiting=now.draw_waiting,
        can_open_winners=now.may_open and WINNERS not in now.opened,
        is_published=now.round.published_at is not None,
        winners=[_card(now, winner, known) for winner in now.outcome.winners],
        unreached=now.unreached,
        call_days=now.call_days,
        has_known=bool(known),
        uncalled=now.uncalled,
        publishing=_publishing(now),
        front=_front(now),
        late=how_late(now.round.late_by(now.now)),
    )


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
    return str(_("%(tier)s · hạng %(rank)s", tier=_prize(winner), rank=winner.rank))


def _prize(winner: Winner) -> str:
    contest = winner.participant.contest
    return prize_shown(winner.tier, contest, contest.bloc_name(winner.participant.bloc))


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
