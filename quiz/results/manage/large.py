"""Corrections of large rounds, which are jobs: a page would wait too long, and no writer may wait for them."""

from collections.abc import Mapping

from flask import redirect, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.rules.chain import Plain
from core import clock
from core.jobs import Order, enqueue
from core.web.extensions import db, keyring
from quiz.attempt.queries.origin import count_entries
from quiz.contest.models import Round
from quiz.results.jobs import ENTRIES_IN_A_PAGE


def is_large(session: Session, round: Round) -> bool:
    """Whether ranking the round anew takes too long for a request."""
    return count_entries(session, round) > ENTRIES_IN_A_PAGE


def correction_job(
    kind: str,
    title: str,
    round: Round,
    details: Mapping[str, Plain],
    *,
    reason: str,
    owner: str,
    approval: Approval | None = None,
) -> Order:
    """Return the job that corrects a large round as previewed and, where a second person answered, approved."""
    payload = {**details, "reason": reason, "approval": approval.id.hex if approval else None}
    return Order(kind, title, owner, round.contest.unit_id, payload, f"{kind}:{round.id}:{details['seen']}")


def started(order: Order) -> Response:
    """Enqueue *order*, commit, and redirect to its page."""
    id = enqueue(db.session, keyring(), order, now=clock.now())
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=id))
