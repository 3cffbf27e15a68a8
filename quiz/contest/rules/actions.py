"""Codes of the audit trail's actions on contests."""

from enum import StrEnum

SHEET = "quiz.sheet"
"""The kind of a sheet of papers as the subject of approvals; its id is "round:draft"."""


class QuizAction(StrEnum):
    """An action: the noun it was done to, a dot, the verb."""

    CONTEST_CREATE = "contest.create"
    CONTEST_EDIT = "contest.edit"
    CONTEST_SHOW = "contest.show"
    CONTEST_DELETE = "contest.delete"
    CONTEST_CALL_OFF = "contest.call_off"
    RULES_AMEND = "rules.amend"
    QUESTION_SAVE = "question.save"
    QUESTION_ADD = "question.add"
    QUESTION_REVISE = "question.revise"
    QUESTION_REVIEW = "question.review"
    QUESTION_DELETE = "question.delete"
    QUESTION_MEND = "question.mend"
    REPORT_SETTLE = "report.settle"
    ENTRY_IMPORT = "entry.import"
    CODE_RENEW = "code.renew"
    ROSTER_IMPORT = "roster.import"
    ROSTER_EMPTY = "roster.empty"
    CARD_MAKE = "card.make"
    CARD_VOID = "card.void"
    LINE_CONFIRM = "line.confirm"
    ROUND_CLOSE = "round.close"
    WINNER_CONFIRM = "winner.confirm"
    WINNER_MISS = "winner.miss"
    WINNER_PASS = "winner.pass"  # noqa: S105 - no password
    WINNER_PASS_ALL = "winner.pass_all"  # noqa: S105 - no password
    WINNER_RECALL = "winner.recall"
    ROUND_PUBLISH = "round.publish"
    CONTACT_OPEN = "contact.open"
    FILE_TAKE = "file.take"
    ENTRY_EXCLUDE = "entry.exclude"
    CLUSTER_DECIDE = "cluster.decide"
    EVIDENCE_OPEN = "evidence.open"
    ROUND_REMARK = "round.remark"
    DATA_DELETE = "data.delete"
    REHEARSAL_BEGIN = "rehearsal.begin"
    REHEARSAL_END = "rehearsal.end"
    REHEARSAL_WIPE = "rehearsal.wipe"
