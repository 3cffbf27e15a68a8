"""Requests for actions that need a second person's approval, and the answers to them.

The answer and the action are one transaction. Each room registers a `Handler` that shows and performs its action;
nothing here depends on the action.
"""

import uuid
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
from account.queries.kinship import kinship_of
from account.rules.actions import AccountAction
from account.rules.chain import Plain, canonical
from account.rules.relation import Relation, kinship_text
from account.rules.signed import Signed
from core.clock import now as present
from core.crypto import Keyring
from core.values.kept import kept
from core.values.text import N_, clean
from core.values.week import local_date

LATER = "later"
"""The return value of `approve` when a job performs the action."""
DAYS = 14
"""Days after which an unanswered request expires: a publication two weeks late needs a new decision."""
_EXPIRED = kept(N_("Yêu cầu phê duyệt hết hạn mà chưa ai trả lời: %(subjects)s."))
SUPERSEDED = N_("Nội dung đã thay đổi; đã có yêu cầu mới thay cho yêu cầu này.")
ENDINGS = {
    APPROVED: AccountAction.APPROVAL_APPROVE, REFUSED: AccountAction.APPROVAL_REFUSE,
    WITHDRAWN: AccountAction.APPROVAL_WITHDRAW, EXPIRED: AccountAction.APPROVAL_EXPIRE,
    FAILED: AccountAction.APPROVAL_FAIL,
}  # fmt: skip


class AlreadyDecided(Exception):
    """The request is not waiting any more: it was answered or withdrawn, or it has expired."""


class OwnRequest(Exception):
    """The account that made the request can't approve it."""


class NoLonger(Exception):
    """A handler raises it when the action is not possible; carries the reason as a sentence for people."""


@dataclass(frozen=True)
class Part:
    """A list on the approver's page: a heading, and lines of two cells."""

    title: str
    lines: Sequence[tuple[str, str | Signed]]


@dataclass(frozen=True)
class Handler:
    """The functions of a room that show an action to its approver and perform it.

    The requester must still have *permission*. `show` only reads. `do` calls the operation that a page would call, with
    the approval: it checks the conditions again, changes rows and records itself in the audit trail; it returns `LATER`
    when a job performs the action, and raises `NoLonger`. `page` returns the address of the public page about the
    finished action. `days_late` returns by how many days a promised hour has passed for which the action is needed.
    """

    action: str
    permission: str
    show: Callable[[Session, Keyring, Approval], Sequence[Part]]
    do: Callable[[Session, Keyring, Approval, datetime], str | None]
    page: Callable[[Session, Approval], str | None] | None = None
    roles: frozenset[str] = frozenset()
    days_late: Callable[[Session, Approval, datetime], int] | None = None


Handlers = Mapping[str, Handler]


def decided_by(approval: Approval) -> Actor:
    """Return the account that answered as the actor of the action."""
    return Actor("account", approval.decided_by_id)


def subject_of(approval: Approval) -> Subject:
    """Return the subject of a request for the audit trail."""
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
    id: uuid.UUID | None = None,
) -> Approval:
    """Store and return a request of *account* for *action*; return the waiting one if the same was requested before.

    Two equal requests at once become one by a unique index. *details* are the data for the handler: ids and digests, no
    names. If they differ from those of the waiting request (the list has changed since), that one is withdrawn and a
    new one stored, so that no approver sees an outdated list.

    Raises:
        ValueError: the subject belongs to no unit, so that no account could answer.
    """
    if subject.unit_id is None:
        raise ValueError("a request needs a unit whose approver answers it")
    payload = canonical(details or {})
    over = _end_expired(session, local_date(now), now)
    _become_writer(session)
    old = _supersede(session, action, subject, payload, now)
    asked = Approval(
        id=id or uuid.uuid4(), action=str(action), unit_id=subject.unit_id, kind=subject.kind,
        subject_id=str(subject.id), subject=clean(subject.words), payload=payload, reason=clean(reason),
        asked_by_id=account.id, asked_at=now, expires_on=local_date(now) + timedelta(days=DAYS),
    )  # fmt: skip
    is_new, actor = _is_added(session, asked), Actor("account", account.id)
    _record_endings(session, over, SYSTEM, now)
    _record_endings(session, old, actor, now)
    if not is_new:
        return session.scalars(_waiting(action, subject)).one()
    facts = {"asked_for": str(action), "request": asked.id.hex}
    record(session, actor, AccountAction.APPROVAL_ASK, subject, after=facts, reason=reason, now=now)
    return asked


def _is_added(session: Session, asked: Approval) -> bool:
    """Add a request; return False if one for the same action and subject waits already."""
    try:
        with session.begin_nested():
            session.add(asked)
    except IntegrityError:
        return False
    return True


def _become_writer(session: Session) -> None:
    """Write before reading the requests that wait, so that on SQLite no other writer changes them meanwhile."""
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
    """Perform the action of a request and end it; return the state that it ended in, or `LATER`.

    Of two approvals at the same time one takes effect. If the action is no longer possible, the request has failed, its
    note gives the reason, and nothing else changes.

    Raises:
        AlreadyDecided: the request is not waiting any more.
        OwnRequest: *account* made the request.
    """
    _decide(session, approval, account, APPROVED, note, now)
    try:
        with session.begin_nested():
            _record_ending(session, approval, Actor("account", account.id), now)
            state = _do(session, keyring, approval, handlers[approval.action], now)
    except NoLonger as error:
        approval.state, approval.note = FAILED, str(error)
        _record_ending(session, approval, Actor("account", account.id), now)
        return FAILED
    if state != LATER:
        return APPROVED
    record(
        session, Actor("account", account.id), approval.action, subject_of(approval),
        after={"state": "queued", "asked_by": approval.asked_by_id}, reason=approval.reason, now=now,
    )  # fmt: skip
    return LATER


def refuse(session: Session, approval: Approval, account: Account, *, note: str, now: datetime) -> None:
    """End a request without its action; raises as `approve` does."""
    _decide(session, approval, account, REFUSED, note, now)
    _record_ending(session, approval, Actor("account", account.id), now)


def withdraw(session: Session, approval: Approval, account: Account, *, now: datetime) -> None:
    """Withdraw a request of *account*.

    Raises:
        AlreadyDecided: the request is not waiting any more.
        PermissionError: *account* did not make it.
    """
    if account.id != approval.asked_by_id:
        raise PermissionError
    _end(session, approval, WITHDRAWN, now)
    _record_ending(session, approval, Actor("account", account.id), now)


def expire(session: Session, today: date, now: datetime) -> int:
    """End the requests whose last day is before *today*; return their number."""
    ended = _end_expired(session, today, now)
    _record_endings(session, ended, SYSTEM, now)
    return len(ended)


def _end_expired(session: Session, today: date, now: datetime) -> list[Approval]:
    """End the expired requests in the order of their ids; the caller records them in the audit trail afterwards.

    A transaction that has the audit trail's lock must not wait for a request, since an answer locks its request first
    and the audit trail second.
    """
    over = select(Approval).where(Approval.state == PENDING, Approval.expires_on < today)
    ended = []
    for approval in session.scalars(over.order_by(Approval.id)).all():
        with suppress(AlreadyDecided):
            _end(session, approval, EXPIRED, now)
            ended.append(approval)
    return ended


def _record_endings(session: Session, ended: Sequence[Approval], actor: Actor, now: datetime) -> None:
    for approval in ended:
        _record_ending(session, approval, actor, now)


def expire_daily(session: Session, today: date) -> str:
    """Expire unanswered requests; a daily duty."""
    return _EXPIRED % {"subjects": expire(session, today, present())}


def _waiting(action: str, subject: Subject) -> Select[Approval]:
    about = (Approval.action == str(action), Approval.kind == subject.kind, Approval.subject_id == str(subject.id))
    return select(Approval).where(*about, Approval.state == PENDING)


def _supersede(session: Session, action: str, subject: Subject, payload: str, now: datetime) -> list[Approval]:
    """End a waiting request for the same action with other details; the caller records it in the audit trail
    afterwards.
    """
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
    kinship = kinship_of(session, approval.asked_by_id, account.id) if approval.asked_by_id else None
    related = {"related": Relation.RELATED if kinship else Relation.NONE, "kin": kinship_text(kinship)}
    _end(session, approval, state, now, decided_by_id=account.id, note=clean(note), **related)


def _end(session: Session, approval: Approval, state: str, now: datetime, **more: object) -> None:
    """End a request by one conditional update; raises AlreadyDecided if another transaction was first."""
    change = update(Approval).where(Approval.id == approval.id, Approval.state == PENDING)
    change = change.values(state=state, decided_at=now, **more).returning(Approval.id)
    if session.execute(change.execution_options(synchronize_session=False)).first() is None:
        raise AlreadyDecided
    session.refresh(approval)


def _do(session: Session, keyring: Keyring, approval: Approval, handler: Handler, now: datetime) -> str | None:
    asker = approval.asked_by
    if asker is None or not asker.is_active or approval.unit_id not in units_where(session, asker, handler.roles):
        raise NoLonger(N_("Người gửi yêu cầu không còn được giao việc này."))
    return handler.do(session, keyring, approval, now)


def _record_ending(session: Session, approval: Approval, actor: Actor, now: datetime) -> None:
    facts: dict[str, Plain] = {"asked_for": approval.action, "request": approval.id.hex}
    if approval.state in DECIDED:
        facts["asked_by"] = approval.asked_by_id
        facts |= {"related": True} if approval.related == Relation.RELATED else {}
    record(
        session, actor, ENDINGS[approval.state], subject_of(approval), before={"state": PENDING},
        after={"state": approval.state, **facts}, reason=approval.note, now=now,
    )  # fmt: skip
