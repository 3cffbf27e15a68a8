"""The requests on an approver's home: how many wait and since when, and the last answered ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from account.labels import STATE
from account.models import Approval
from account.queries.approval import list_decided, list_waiting
from account.views.current import present_account
from core.values.week import local_date
from core.web.access import scope_of
from core.web.extensions import db
from core.web.rooms import declared

LATELY = 3
"""The most answered requests on the home; the page of requests has more."""


@dataclass(frozen=True)
class ApproverState:
    """The requests of an approver's units.

    Attributes:
        waiting: how many wait for an answer of the account; its own are not among them.
        days: for how many days the oldest of them has waited.
        decided: the last answered ones, the newest first.
        action_label, state_label: what actions and states are called.
    """

    waiting: int
    days: int
    decided: Sequence[Approval]
    action_label: Mapping[str, str]
    state_label: Mapping[str, str]


def approver_state(now: datetime) -> ApproverState | None:
    """Return the requests of the signed-in account's units; None where it may not answer, or none was ever made."""
    units, me, today = scope_of("approval.decide"), present_account(), local_date(now)
    if not units:
        return None
    waiting = [each for each in list_waiting(db.session, units, today) if each.asked_by_id != me.id]
    decided = list_decided(db.session, units, LATELY)
    if not waiting and not decided:
        return None
    days = (today - local_date(waiting[0].asked_at)).days if waiting else 0
    return ApproverState(len(waiting), days, decided, declared().audit_actions, STATE)
