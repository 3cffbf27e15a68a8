"""Corrections of large rounds, which are jobs: a page would wait too long, and no writer may wait for them."""

from collections.abc import Mapping

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.rules.chain import Plain
from core.jobs import Order
from core.web.jobs import start_order
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


def started(order: Order, round: Round) -> Response:
    """Enqueue *order*, commit, and redirect to its page, which leads back to the round."""
    back = url_for(".round", slug=round.contest.slug, number=round.number)
    return start_order(order, back=back)
