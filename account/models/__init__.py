"""The tables of staff accounts, the audit trail and approvals, one noun per file."""

from account.models.account import NO_PASSWORD, Account, Grant
from account.models.approval import Approval
from account.models.audit import AuditEntry
from account.models.link import Link
from account.models.second_factor import RecoveryCode, Totp
from account.models.session import AccountSession

__all__ = [
    "NO_PASSWORD",
    "Account",
    "AccountSession",
    "Approval",
    "AuditEntry",
    "Grant",
    "Link",
    "RecoveryCode",
    "Totp",
]
