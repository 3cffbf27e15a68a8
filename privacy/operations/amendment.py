"""Amend a request whose kind or person was written down wrongly, before anything was done about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor, record
from account.rules.chain import Plain
from core.crypto import Keyring, seal
from core.values.text import N_
from core.values.week import local_date
from privacy.labels import KIND_BY_VALUE
from privacy.models import PersonRequest, RequestSubject
from privacy.operations.audit_subjects import of_request
from privacy.operations.requests import Asker, note_step, text_of
from privacy.queries.requests import PURPOSE
from privacy.rules.actions import PrivacyAction
from privacy.rules.deadlines import Kind, answer_by


@dataclass(frozen=True)
class Amendment:
    """The right kind of a request, and whether its person was wrong, who is identified again later.

    What *asker* said is then sealed under the installation's key again.
    """

    kind: Kind
    is_untied: bool
    asker: Asker | None
    reason: str = ""

    def columns(self, keyring: Keyring, request: PersonRequest) -> dict[str, object]:
        """Return the new values of *request*; its days still count from its receipt."""
        until = answer_by(self.kind, local_date(request.received_at))
        kept: dict[str, object] = {"kind": self.kind.value, "answer_by": until}
        if not self.is_untied:
            return kept
        text = text_of(self.asker) if self.asker else None
        sealed = seal(keyring.key(PURPOSE), text, about=request.id.bytes) if text is not None else None
        return kept | {"person_id": None, "sealed": sealed}


def amend(
    session: Session, keyring: Keyring, actor: Actor, request: PersonRequest, right: Amendment, *, now: datetime
) -> bool:
    """Make *request* what is *right*; False once something was done, or it was amended or answered at the same time."""
    if not request.may_be_amended:
        return False
    was, table = request.kind, PersonRequest
    first = update(table).where(table.id == request.id, table.answered_at.is_(None), table.kind == was)
    if session.execute(first.values(**right.columns(keyring, request)).returning(table.id)).first() is None:
        return False
    if right.is_untied:
        session.execute(delete(RequestSubject).where(RequestSubject.request_id == request.id))
    session.refresh(request)
    note_step(session, request, "amended", actor, now)
    before, after = _changes(was, request.kind, is_untied=right.is_untied)
    about, action, why = of_request(request), PrivacyAction.PERSON_STEP, right.reason
    record(session, actor, action, about, before=before, after=after, reason=why, now=now)
    return True


def _changes(was: str, kind: str, *, is_untied: bool) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """Return the values of the audit entry, without personal data."""
    before: dict[str, Plain] = {"step": KIND_BY_VALUE[was]} if was != kind else {}
    words = [KIND_BY_VALUE[kind]] if was != kind else []
    words += [N_("bỏ người đã xác định")] if is_untied else []
    return before, {"step": "; ".join(words)}
