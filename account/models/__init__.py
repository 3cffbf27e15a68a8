"""The tables of staff accounts, of what they did and of what waits for a second one, one noun a file."""

from account.models.account import Account, Grant
from account.models.approval import Approval
from account.models.audit import AuditEntry

__all__ = ["Account", "Approval", "AuditEntry", "Grant"]
