"""Amend the rules of a contest that has begun: visibly, for a reason, from a round on that has not opened."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.agreement import agreement
from account.operations.alone import approve_alone
from account.operations.audit import Actor, record
from quiz.attempt.operations.editing import may_redeclare
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.contest.models import Contest, Round, RulesAmendment
from quiz.contest.models.contest import new_version
from quiz.contest.operations.audit_subjects import law_of, of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Rules


class NotAmendable(Exception):
    """The rules can still be edited, or the contest is called off or in rehearsal."""


class RoundHasOpened(Exception):
    """The first round of the amendment has opened, or does not exist."""


class SameRules(Exception):
    """The rules are those that hold already."""


class OtherEligibility(Exception):
    """An amendment would change who can take a prize, which people have registered by."""


def can_amend(session: Session, contest: Contest) -> bool:
    """Return whether the rules of *contest* change by an amendment alone: it is public and somebody has registered."""
    if contest.is_draft or contest.called_off_at is not None or contest.is_rehearsal:
        return False
    return not may_redeclare(session, contest)


def list_amendable(contest: Contest, now: datetime) -> list[Round]:
    """Return the rounds from which an amendment may begin: those that have not opened, after every earlier one."""
    return [round for round in contest.rounds if round.opens_at > now and not round.is_frozen]


def check_amendment(session: Session, contest: Contest, from_round: int, rules: Rules, *, now: datetime) -> Rules:
    """Return the rules that *rules* would replace from the round with this number on.

    Raises:
        NotAmendable, RoundHasOpened, SameRules, OtherEligibility: the amendment is not possible.
    """
    if not can_amend(session, contest):
        raise NotAmendable
    first = next((round for round in list_amendable(contest, now) if round.number == from_round), None)
    if first is None:
        raise RoundHasOpened
    before = first.declared
    if before.eligibility is not rules.eligibility:
        raise OtherEligibility
    if before == rules:
        raise SameRules
    return before


def amend_rules(
    session: Session,
    actor: Actor,
    contest: Contest,
    from_round: int,
    rules: Rules,
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
    seen: Rules | None = None,
) -> RulesAmendment:
    """Give the rounds from *from_round* on other *rules*, keep and record the amendment.

    Source: decision 0073. *approval* is the second person's, None where one person decides alone; *seen* the rules that
    the approver read as those before.

    Raises:
        NotAmendable, RoundHasOpened, SameRules, OtherEligibility: as `check_amendment` does.
    """
    lock_contest(session, contest)
    before, about = check_amendment(session, contest, from_round, rules, now=now), of_contest(contest)
    if seen is not None and seen != before:
        raise SameRules
    approval = approval or approve_alone(session, actor, QuizAction.RULES_AMEND, about, reason=reason, now=now)
    amendment = RulesAmendment(from_round=from_round, reason=reason, made_at=now, approval=approval)
    _apply(session, contest, amendment, before, rules)
    was, after = {"law": law_of(before)}, {"law": law_of(rules), "from_round": from_round, **agreement(approval)}
    record(session, actor, QuizAction.RULES_AMEND, about, before=was, after=after, reason=reason, now=now)
    return amendment


def _apply(session: Session, contest: Contest, amendment: RulesAmendment, before: Rules, after: Rules) -> None:
    """Store *amendment* with its number, and its rules in the rounds from its first one on."""
    number = session.scalar(select(func.max(RulesAmendment.number)).where(RulesAmendment.contest_id == contest.id)) or 0
    amendment.contest_id, amendment.number = contest.id, number + 1
    amendment.before, amendment.after = before.to_dict(), after.to_dict()
    session.add(amendment)
    for round in contest.rounds:
        if round.number >= amendment.from_round:
            round.rules, round.paper_version = after.to_dict(), new_version()
    contest.rules = after.to_dict()
    session.flush()
