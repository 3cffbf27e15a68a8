"""Asking for a deed that two people must want, and answering: the answer and the deed are one transaction.

A room says by a `Handler` what a deed shows and how it is done; nothing here knows what the deed is.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, false, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from account.models import Account, Approval
from account.models.approval import APPROVED, DECIDED, EXPIRED, FAILED, PENDING, REFUSED, WITHDRAWN
from account.operations.audit import SYSTEM, Actor, Subject, record
from account.queries.account import units_where
from account.queries.approval import relation_of
from account.rules.actions import Action
from account.rules.chain import Plain, canonical
from account.rules.relation import Relation
from core.clock import now as present
from core.crypto import Keyring
from core.values.text import clean
from core.values.week import local_date

LATER = "later"
"""What `approve` says of a deed that was agreed to and that a job does."""
DAYS = 14
"""A request that nobody answers ends by itself: a publication a fortnight late is a new decision."""
SUPERSEDED = "Nội dung đã thay đổi; đã có yêu cầu mới thay cho yêu cầu này."
ENDINGS = {
    APPROVED: Action.APPROVAL_APPROVE, REFUSED: Action.APPROVAL_REFUSE, WITHDRAWN: Action.APPROVAL_WITHDRAW,
    EXPIRED: Action.APPROVAL_EXPIRE, FAILED: Action.APPROVAL_FAIL,
}  # fmt: skip


class AlreadyDecided(Exception):
    """The request does not wait any more: answered by another, withdrawn, or its days are over."""


class OwnRequest(Exception):
    """Whoever asked can't be the second person."""


class NoLonger(Exception):
    """The deed can't be done (any more); carries why, in a sentence for people. A handler raises it."""


@dataclass(frozen=True)
class Part:
    """A list that an approver is shown: a heading, and lines of two cells."""

    title: str
    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Handler:
    """How a room shows a deed to its approver, and how it does it.

    The account that asked must hold *permission* still. `show` reads. `do` calls the operation that a page would call,
    with the approval: it checks the conditions again, changes rows and records itself in the audit trail; it returns
    `LATER` when a job does it, and raises `NoLonger`. `page` is the address of what the public may read of it once it
    is done.
    """

    action: str
    permission: str
    show: Callable[[Session, Keyring, Approval], Sequence[Part]]
    do: Callable[[Session, Keyring, Approval, datetime], str | None]
    page: Callable[[Session, Approval], str] | None = None
    roles: frozenset[str] = frozenset()


Handlers = Mapping[str, Handler]


def decided_by(approval: Approval) -> Actor:
    """The account that agreed: the actor of the deed that follows."""
    return Actor("account", approval.decided_by_id)


def subject_of(approval: Approval) -> Subject:
    """What a request is about, as the audit trail calls it."""
    return Subject(approval.kind, approval.subject_id, approval.subject, approval.unit_id)


def ask(
    session: Session,
    account: Account,
    action: str,
    subject: Subject,
    *,
    reason: str,
    details: Mapping[str, Plain] | None = None,
    now: datetime,
) -> Approval:
    """A request of *account* for *action*; the one that waits already when the very same was asked before.

    Two who ask at once get one request: a unique index says so. *details* are what the handler needs to know: ids
    and digests, no names. Where they differ from those of the request that waits (the list has changed since), that
    one is withdrawn and this one asked, so that nobody is shown a list that can't come true any more.

    Raises:
        ValueError: the subject belongs to no unit, so nobody could answer.
    """
    if subject.unit_id is None:
        raise ValueError("a request needs a unit whose approver answers it")
    payload = canonical(details or {})
    over = _end_expired(session, local_date(now), now)
    _become_writer(session)
    old = _supersede(session, action, subject, payload, now)
    asked = Approval(
        action=str(action), unit_id=subject.unit_id, kind=subject.kind, subject_id=str(subject.id),
        subject=clean(subject.words), payload=payload, reason=clean(reason), asked_by_id=account.id,
        asked_at=now, expires_on=local_date(now) + timedelta(days=DAYS),
    )  # fmt: skip
    is_new = _is_added(session, asked)
    _tell_all(session, over, SYSTEM, now)
    _tell_all(session, old, Actor("account", account.id), now)
    if not is_new:
        return session.scalars(_waiting(action, subject)).one()
    told = {"asked_for": str(action), "request": asked.id.hex}
    record(session, Actor("account", account.id), Action.APPROVAL_ASK, subject, after=told, reason=reason, now=now)
    return asked


def _is_added(session: Session, asked: Approval) -> bool:
    """Add a request, unless another for the same waits already."""
    try:
        with session.begin_nested():
            session.add(asked)
    except IntegrityError:
        return False
    return True


def _become_writer(session: Session) -> None:
    """On SQLite a savepoint that is the first write of a transaction would be kept on its own: write before it."""
    nothing = update(Approval).where(false()).values(state=Approval.state)
    session.execute(nothing.execution_options(synchronize_session=False))


def approve(
    session: Session,
    keyring: Keyring,
    approval: Approval,
    account: Account,
    handlers: Handlers,
    *,
    note: str,
    now: datetime,
) -> str:
    """*account* says yes: the deed is done and the request is over; returns the state that it ended in, or `LATER`.

    Of two who say yes at once one does it. Where the deed can't be done any more the request has failed, and its
    note says why; nothing else has changed.

    Raises:
        AlreadyDecided: it does not wait any more.
        OwnRequest: *account* asked for it.
    """
    _decide(session, approval, account, APPROVED, note, now)
    try:
        with session.begin_nested():
            _tell(session, approval, Actor("account", account.id), now)
            state = _do(session, keyring, approval, handlers[approval.action], now)
    except NoLonger as error:
        approval.state, approval.note = FAILED, str(error)
        _tell(session, approval, Actor("account", account.id), now)
        return FAILED
    if state != LATER:
        return APPROVED
    record(
        session, Actor("account", account.id), approval.action, subject_of(approval),
        after={"state": "queued", "asked_by": approval.asked_by_id}, reason=approval.reason, now=now,
    )  # fmt: skip
    return LATER


def refuse(session: Session, approval: Approval, account: Account, *, note: str, now: datetime) -> None:
    """*account* says no: nothing happens; raises as `approve` does."""
    _decide(session, approval, account, REFUSED, note, now)
    _tell(session, approval, Actor("account", account.id), now)


def withdraw(session: Session, approval: Approval, account: Account, *, now: datetime) -> None:
    """Whoever asked takes it back.

    Raises:
        AlreadyDecided: it does not wait any more.
        PermissionError: *account* did not ask for it.
    """
    if account.id != approval.asked_by_id:
        raise PermissionError
    _end(session, approval, WITHDRAWN, now)
    _tell(session, approval, Actor("account", account.id), now)


def expire(session: Session, today: date, now: datetime) -> int:
    """End the requests whose last day is before *today*; returns how many."""
    ended = _end_expired(session, today, now)
    _tell_all(session, ended, SYSTEM, now)
    return len(ended)


def _end_expired(session: Session, today: date, now: datetime) -> list[Approval]:
    """End them, all in one order, and tell the trail afterwards.

    Whoever holds the trail waits for no request: whoever answers one holds it and waits for the trail.
    """
    over = select(Approval).where(Approval.state == PENDING, Approval.expires_on < today)
    ended = []
    for approval in session.scalars(over.order_by(Approval.id)).all():
        with suppress(AlreadyDecided):
            _end(session, approval, EXPIRED, now)
            ended.append(approval)
    return ended


def _tell_all(session: Session, ended: Sequence[Approval], actor: Actor, now: datetime) -> None:
    for approval in ended:
        _tell(session, approval, actor, now)


def expire_daily(session: Session, today: date) -> str:
    """A daily duty: requests that nobody answered end."""
    return f"Yêu cầu phê duyệt hết hạn mà chưa ai trả lời: {expire(session, today, present())}."


def _waiting(action: str, subject: Subject) -> Select[Approval]:
    about = (Approval.action == str(action), Approval.kind == subject.kind, Approval.subject_id == str(subject.id))
    return select(Approval).where(*about, Approval.state == PENDING)


def _supersede(session: Session, action: str, subject: Subject, payload: str, now: datetime) -> list[Approval]:
    """End the request that waits for the same deed in another shape, if there is one; the trail is told afterwards."""
    old = session.scalar(_waiting(action, subject))
    if old is None or old.payload == payload:
        return []
    try:
        _end(session, old, WITHDRAWN, now, note=SUPERSEDED)
    except AlreadyDecided:
        return []
    return [old]


def _decide(session: Session, approval: Approval, account: Account, state: str, note: str, now: datetime) -> None:
    if account.id == approval.asked_by_id:
        raise OwnRequest
    if not approval.is_open_on(local_date(now)):
        raise AlreadyDecided
    related = relation_of(session, approval.asked_by_id, account) if approval.asked_by_id else Relation.NONE
    _end(session, approval, state, now, decided_by_id=account.id, note=clean(note), related=related)


def _end(session: Session, approval: Approval, state: str, now: datetime, **more: object) -> None:
    """One conditional statement: whoever comes second finds that it does not wait any more."""
    change = update(Approval).where(Approval.id == approval.id, Approval.state == PENDING)
    change = change.values(state=state, decided_at=now, **more).returning(Approval.id)
    if session.execute(change.execution_options(synchronize_session=False)).first() is None:
        raise AlreadyDecided
    session.refresh(approval)


def _do(session: Session, keyring: Keyring, approval: Approval, handler: Handler, now: datetime) -> str | None:
    asker = approval.asked_by
    if asker is None or not asker.is_active or approval.unit_id not in units_where(session, asker, handler.roles):
        raise NoLonger("Người gửi yêu cầu không còn được giao việc này.")
    return handler.do(session, keyring, approval, now)


def _tell(session: Session, approval: Approval, actor: Actor, now: datetime) -> None:
    told: dict[str, Plain] = {"asked_for": approval.action, "request": approval.id.hex}
    if approval.state in DECIDED:
        told["asked_by"] = approval.asked_by_id
        told |= {"related": True} if approval.related == Relation.RELATED else {}
    record(
        session, actor, ENDINGS[approval.state], subject_of(approval), before={"state": PENDING},
        after={"state": approval.state, **told}, reason=approval.note, now=now,
    )  # fmt: skip
