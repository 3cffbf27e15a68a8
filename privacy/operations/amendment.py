"""Amend a request whose kind or person was written down wrongly, before anything was done about it."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from core.crypto import Keyring, seal
from core.values.week import local_date
from privacy.labels import KIND_BY_VALUE
from privacy.models import PersonRequest, RequestSubject
from privacy.operations.audit_subjects import of_request
from privacy.operations.requests import Asker, note_step, text_of
from privacy.queries.requests import PURPOSE
from privacy.rules.actions import PrivacyAction
from privacy.rules.deadlines import Kind, answer_by


def amend(
    session: Session, keyring: Keyring, request: PersonRequest, asker: Asker | None, *, kind: Kind, is_untied: bool,
    actor: Actor, now: datetime, reason: str = "",
) -> bool:  # fmt: skip
    """Give *request* its right *kind*, and if *is_untied* remove its person, who is identified again later.

    Its days still count from its receipt. If it is untied, what *asker* said is sealed under the installation's key
    again. Return False once something was done, or if it was amended or answered at the same time.
    """
    if not request.may_be_amended:
        return False
    was = request.kind
    values: dict[str, object] = {"kind": kind.value, "answer_by": answer_by(kind, local_date(request.received_at))}
    if is_untied:
        sealed = seal(keyring.key(PURPOSE), text_of(asker), about=request.id.bytes) if asker else None
        values |= {"person_id": None, "sealed": sealed}
    table = PersonRequest
    first = update(table).where(table.id == request.id, table.answered_at.is_(None), table.kind == request.kind)
    if session.execute(first.values(**values).returning(table.id)).first() is None:
        return False
    if is_untied:
        session.execute(delete(RequestSubject).where(RequestSubject.request_id == request.id))
    session.refresh(request)
    note_step(session, request, "amended", actor, now)
    before, after = _changes(was, request.kind, is_untied=is_untied)
    record(
        session, actor, PrivacyAction.PERSON_STEP, of_request(request), before=before, after=after, reason=reason,
        now=now,
    )  # fmt: skip
    return True


def _changes(was: str, kind: str, *, is_untied: bool) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """Return the values of the audit entry, without personal data."""
    before: dict[str, Plain] = {"step": KIND_BY_VALUE[was]} if was != kind else {}
    words = [KIND_BY_VALUE[kind]] if was != kind else []
    words += ["bỏ người đã xác định"] if is_untied else []
    return before, {"step": "; ".join(words)}
