"""The deeds that the audit trail knows, by code: a closed list, so that nothing is recorded under a made-up name."""

from enum import StrEnum


class Action(StrEnum):
    """What was done: the noun it was done to, a dot, the deed."""

    OFFICE_CREATE = "office.create"
    COUNTER_CREATE = "counter.create"
    COUNTER_CLOSE = "counter.close"
    COUNTER_REOPEN = "counter.reopen"
    COUNTER_REISSUE = "counter.reissue"
    RATING_IMPORT = "rating.import"
    RATING_RECOUNT = "rating.recount"
    CONTEST_CREATE = "contest.create"
    QUESTION_SAVE = "question.save"
    ENTRY_IMPORT = "entry.import"
    ROUND_CLOSE = "round.close"
    WINNER_CONFIRM = "winner.confirm"
    WINNER_PASS = "winner.pass"  # noqa: S105 - no password
    WINNER_RECALL = "winner.recall"
    ROUND_PUBLISH = "round.publish"
    CONTACT_OPEN = "contact.open"
    ENTRY_EXCLUDE = "entry.exclude"
    ROUND_REMARK = "round.remark"
    DATA_DELETE = "data.delete"
    APPROVAL_ASK = "approval.ask"
    APPROVAL_APPROVE = "approval.approve"
    APPROVAL_REFUSE = "approval.refuse"
    APPROVAL_WITHDRAW = "approval.withdraw"
    APPROVAL_EXPIRE = "approval.expire"
    APPROVAL_FAIL = "approval.fail"
    ACCOUNT_CREATE = "account.create"
    UNIT_ADD = "unit.add"
    UNIT_IMPORT = "unit.import"
    UNIT_LOAD = "unit.load"
    AUDIT_EXPORT = "audit.export"
