"""All data held about a staff account, for its owner to download (Luật 91/2025/QH15)."""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from account.models import Account, Approval, AuditEntry
from account.queries.account import has_factor
from account.queries.sessions import count_recovery_codes, list_sessions


def held_about(session: Session, account: Account, now: datetime) -> dict[str, Any]:
    """Return plain values by kind, without secrets and without the words or actions of others."""
    deeds = select(AuditEntry).where(AuditEntry.account_id == account.id).order_by(AuditEntry.number)
    part = or_(Approval.asked_by_id == account.id, Approval.decided_by_id == account.id)
    return {
        "account": {
            "email": account.email, "name": account.name, "unit": account.unit.name, "is_active": account.is_active,
            "created_at": account.created_at.isoformat(),
            "signed_in_at": account.signed_in_at.isoformat() if account.signed_in_at else None,
            "has_second_factor": has_factor(session, account),
            "recovery_codes_left": count_recovery_codes(session, account),
        },
        "roles": [{"role": grant.role, "unit": grant.unit.dated_name} for grant in account.grants],
        "sessions": [
            {"device": each.device, "created_at": each.created_at.isoformat(), "seen_at": each.seen_at.isoformat()}
            for each in list_sessions(session, account, now)
        ],
        "approvals": [
            {"action": each.action, "subject": each.subject, "asked_at": each.asked_at.isoformat(),
             "state": each.state, "mine": "asked" if each.asked_by_id == account.id else "decided"}
            for each in session.scalars(select(Approval).where(part).order_by(Approval.asked_at))
        ],
        "deeds": [
            {"number": each.number, "at": each.at.isoformat(), "action": each.action, "subject": each.subject,
             "reason": each.reason}
            for each in session.scalars(deeds)
        ],
    }  # fmt: skip
