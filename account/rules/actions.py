"""Codes of the audit trail's actions on accounts and approvals."""

from enum import StrEnum


class AccountAction(StrEnum):
    """An action: the noun it was done to, a dot, the verb."""

    APPROVAL_ASK = "approval.ask"
    APPROVAL_APPROVE = "approval.approve"
    APPROVAL_REFUSE = "approval.refuse"
    APPROVAL_WITHDRAW = "approval.withdraw"
    APPROVAL_EXPIRE = "approval.expire"
    APPROVAL_FAIL = "approval.fail"
    ACCOUNT_CREATE = "account.create"
    ACCOUNT_LINK = "account.link"
    ACCOUNT_WITHDRAW = "account.withdraw"
    ACCOUNT_OFF = "account.off"
    ACCOUNT_ON = "account.on"
    SESSIONS_END = "account.sign_out"
    ROLE_GIVE = "role.give"
    ROLE_TAKE = "role.take"
    AUDIT_EXPORT = "audit.export"
