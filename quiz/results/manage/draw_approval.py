"""How a second person reads a request to record a public draw, and what their agreement does."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from core.crypto import Keyring
from quiz.contest.rules.actions import QuizAction
from quiz.results.manage.draw_page import REFUSALS, DrawSheet, asked_draw, parts_shown, why_not
from quiz.results.manage.exclusion import stale
from quiz.results.models import Draw

T = TypeVar("T")


def draw_handler(
    action: QuizAction,
    of: Callable[[Session, Approval], T],
    find: Callable[[Session, T, str], DrawSheet | None],
    write: Callable[..., Draw],
) -> Handler:
    """Return how a second person reads and decides a request to record a draw *of* a round, or of a contest.

    *find* gives the sheet of the tie under a key, None where there is none now; *write* is the operation.
    """

    def show(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
        """Return the tie, the order drawn and the witnesses."""
        key, written = asked_draw(approval.details)
        sheet = find(session, of(session, approval), key)
        return parts_shown(sheet, written) if sheet else (stale(),)

    def do(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
        """Record the draw as requested and shown, or not at all."""
        key, written = asked_draw(approval.details)
        by, reason = decided_by(approval), approval.reason
        try:
            write(session, by, of(session, approval), key, written, reason=reason, now=now, approval=approval)
        except REFUSALS as error:
            raise NoLonger(why_not(error)) from error

    return Handler(action, "contest.manage", show, do)
