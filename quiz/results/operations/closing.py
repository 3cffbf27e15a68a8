"""Close a round, record the results of calling its winners, and publish it."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import update
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from core.crypto import Keyring
from core.messages.outbox import record_event
from core.person_keys import find_person
from quiz.attempt.queries.round_papers import read_papers
from quiz.contest.models import Participant, Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.confirmation import confirm_phone
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import Result, Winner
from quiz.results.operations.audit_subjects import closed, of_called
from quiz.results.operations.freezing import (
    CloseTakenOver,
    RankedRound,
    freeze_round,
    hold_frozen,
    rank_frozen,
    store_counts,
)
from quiz.results.operations.searching import FoundReview, search_round, store_review, store_strong
from quiz.results.operations.standings import Step, nothing, store_lines
from quiz.results.operations.versions import (
    FIRST,
    Changed,
    NothingToDo,
    TooEarly,
    lock_round,
    seat_winners,
    store_version,
)
from quiz.results.queries import events
from quiz.results.queries.result import contacts_of, find_result, find_seat, list_winners, winners_digest
from quiz.results.queries.review import count_undecided
from quiz.results.queries.unreached import calls_since
from quiz.results.rules.calls import calls_until
from quiz.results.rules.corrections import Cause


class StillPending(Exception):
    """A person in line for a prize has not been called yet; carries how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


class ClustersUndecided(Exception):
    """Clusters of the review must be decided on first; carries how many."""

    def __init__(self, count: int) -> None:
        super().__init__(count)
        self.count = count


def close_round(
    session: Session, keyring: Keyring, actor: Actor, round: Round, *, now: datetime, between: Step = nothing
) -> Result | None:
    """Close *round*, rank it, search it for clusters, and record that in the audit trail; None when it is closed
    already, or another close has taken over.

    *between* is called between the steps, where a caller that must not hold up other writers commits (decision 0064).

    Raises:
        TooEarly: *now* is before the close and the time for papers on their way, `SETTLING`.
    """
    if not freeze_round(session, round, now=now):
        return None
    between()
    found, ranked = _search_and_rank(session, keyring, round, now=now)
    result = _store(session, round, ranked, found, now=now, between=between)
    if result is not None:
        after = closed(result) | {"clusters": count_undecided(session, round)}
        record(session, actor, QuizAction.ROUND_CLOSE, of_round(round), before={"state": "open"}, after=after, now=now)
    return result


def rank_round(session: Session, round: Round, *, now: datetime) -> Result | None:
    """Freeze *round*, recount its tally, compute the target, rank, and seat the winners of version 1.

    Of two concurrent callers the second gets None.

    Raises:
        TooEarly: as `freeze_round` does.
    """
    if not freeze_round(session, round, now=now):
        return None
    ranked = rank_frozen(session, round, read_papers(session, round))
    return _store(session, round, ranked, None, now=now, between=nothing)


def _search_and_rank(
    session: Session, keyring: Keyring, round: Round, *, now: datetime
) -> tuple[FoundReview, RankedRound]:
    """Read the papers of the frozen round once, for both; their columns are gone before the lines are stored."""
    papers = read_papers(session, round)
    return search_round(session, keyring, round, papers, now=now), rank_frozen(session, round, papers)


def _store(
    session: Session, round: Round, ranked: RankedRound, found: FoundReview | None, *, now: datetime, between: Step
) -> Result | None:
    """Store lines and review of the frozen round in pieces, and close it with the result in one last transaction."""

    def hold() -> None:
        hold_frozen(session, round, now)

    try:
        store_lines(session, round.id, FIRST, ranked.draft, hold=hold, between=between)
        if found:
            store_review(session, found, hold=hold, between=between)
        hold()
    except CloseTakenOver:
        return None
    round.closed_at = now
    session.flush()
    if found:
        store_strong(session, found)
    differences = store_counts(session, round, ranked, since=now)
    return store_version(
        session,
        round,
        ranked.draft,
        cause=Cause.CLOSE,
        turns=ranked.turns,
        differences=differences,
        now=now,
        has_lines=True,
    )


def _require_reviewed(session: Session, round: Round) -> None:
    undecided = count_undecided(session, round)
    if undecided:
        raise ClustersUndecided(undecided)


class Call(StrEnum):
    """The result of calling a person in line for a prize."""

    CONFIRM = "confirm"
    PASS = "pass"  # noqa: S105 - not a password
    RECALL = "recall"


_CALLS: dict[Call, tuple[QuizAction, str, str]] = {
    Call.CONFIRM: (QuizAction.WINNER_CONFIRM, "pending", "confirmed"),
    Call.PASS: (QuizAction.WINNER_PASS, "pending", "passed"),
    Call.RECALL: (QuizAction.WINNER_RECALL, "passed", "pending"),
}


def record_call(
    session: Session, keyring: Keyring, actor: Actor, round: Round, participant_id: uuid.UUID, call: Call, *,
    now: datetime, reason: str = "", approval: Approval | None = None,
) -> bool:  # fmt: skip
    """Apply the result of calling a person and audit it; the audit trail holds the name under the person's own key.

    Callers that pass somebody over use `unreached.pass_winner`, which asks for days of calling or a second person.
    Returns False, and records nothing, where `apply_call` changes nothing.

    Raises:
        ClustersUndecided: the review comes first.
        PhoneFull: as `confirm_phone` raises it.
    """
    _require_reviewed(session, round)
    action, was, becomes = _CALLS[call]
    seat = find_seat(session, round, participant_id)
    if seat is None:
        return False
    about, prize = of_called(round, seat), seat.tier
    if not apply_call(session, round, participant_id, call, now=now):
        return False
    participant = session.get_one(Participant, participant_id)
    person = find_person(session, keyring, participant.person_id)
    contact = contacts_of(session, keyring, [participant]).get(participant_id)
    after = {"state": becomes, "prize": prize, **(agreement(approval) if call is Call.PASS else {})}
    record(
        session, actor, action, about, before={"state": was}, after=after, reason=reason,
        person=(person, {"name": contact.name}) if person and contact else None, now=now,
    )  # fmt: skip
    return True


def apply_call(session: Session, round: Round, participant_id: uuid.UUID, call: Call, *, now: datetime) -> bool:
    """Apply the result of calling a person in line for a prize, and seat the winners anew.

    CONFIRM: the person was called and their identity is confirmed. PASS: not reached, the next one in the standings is
    seated. RECALL takes a PASS back; a person who loses the seat by that but was called stays verified.

    Returns False, and changes nothing, when the person's state has changed meanwhile (an old page, a second tap) or the
    round is published and the call would change a seat.
    """
    _action, was, becomes = _CALLS[call]
    if not _decide(session, round, participant_id, was=was, becomes=becomes, now=now):
        return False
    if call is Call.CONFIRM:
        confirm_phone(session, session.get_one(Participant, participant_id), now=now)
    reseat(session, round, now=now)
    return True


def check_publishable(session: Session, round: Round, *, now: datetime) -> Result:
    """Return the result that would be published. After the days of calling, counted from the close or from the last
    decision of the review, no call holds it up: those who are still pending are called afterwards.

    Raises:
        TooEarly: the round is not closed.
        ClustersUndecided: clusters of the review are still to be decided on.
        StillPending: winners are still to be called.
    """
    result = find_result(session, round)
    since = calls_since(session, round)
    if since is None or result is None:
        raise TooEarly
    _require_reviewed(session, round)
    pending = sum(winner.state == "pending" and not winner.needs_draw for winner in list_winners(session, result))
    if pending and now < calls_until(since, round.declared.call_days):
        raise StillPending(pending)
    return result


def publish_round(
    session: Session, actor: Actor, round: Round, *, reason: str, now: datetime, approval: Approval | None = None,
    seen: str | None = None,
) -> datetime:  # fmt: skip
    """Publish *round*, record it in the audit trail and announce it; returns when the publication takes effect.

    Before its announced hour the publication waits for that hour. *approval* is the second person's, None where one
    person decides alone; *seen* the digest of the approved winners. A round that is published already stays as it is.

    Raises:
        TooEarly, ClustersUndecided, StillPending: as `check_publishable` does.
        Changed: the winners differ from those of *seen*.
        NothingToDo: an approval for a round that is published already.
    """
    lock_round(session, round)
    result = check_publishable(session, round, now=now)
    if round.published_at is not None:
        if approval is not None:
            raise NothingToDo
        return round.published_at
    if seen is not None and winners_digest(session, result) != seen:
        raise Changed
    when = mark_published(session, round, now=now)
    about = of_round(round)
    approval = approval or approve_alone(session, actor, QuizAction.ROUND_PUBLISH, about, reason=reason, now=now)
    round.publication = approval
    record_event(session, events.published(session, round), now=now)
    after = {"published_at": when.isoformat(), **agreement(approval)}
    record(
        session, actor, QuizAction.ROUND_PUBLISH, about, before={"published_at": None}, after=after, reason=reason,
        now=now,
    )  # fmt: skip
    return when


def mark_published(session: Session, round: Round, *, now: datetime) -> datetime:
    """Set the moment of publication: *now*, or the announced hour where that lies ahead."""
    round.published_at = max(now, round.results_at)
    session.flush()
    return round.published_at


def _decide(
    session: Session, round: Round, participant_id: uuid.UUID, *, was: str, becomes: str, now: datetime
) -> bool:
    """Set the state with a conditional UPDATE, so that a second tap or an old page changes nothing.

    After the publication only people whom a correction has added may still be called.
    """
    lock_round(session, round)
    result = find_result(session, round)
    if result is None or (round.published_at is not None and was != "pending"):
        return False
    key = (Winner.round_id == round.id, Winner.version == result.version, Winner.participant_id == participant_id)
    change = update(Winner).where(*key, Winner.state == was).values(state=becomes)
    change = change.values(called_at=None if becomes == "pending" else now)
    if round.published_at is not None:
        change = change.where(Winner.needs_draw.is_(False))
    return session.execute(change.returning(Winner.participant_id)).first() is not None


def reseat(session: Session, round: Round, *, now: datetime) -> None:
    """Seat the winners of the newest results anew."""
    session.flush()
    result = find_result(session, round)
    if result is not None:
        seat_winners(session, round, result, now=now)
