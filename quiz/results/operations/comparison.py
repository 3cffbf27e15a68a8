"""Record that an account looked two people up to compare them, which tells it about both."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from account.models import AuditEntry
from account.operations.audit import Actor, record
from core.values.text import N_
from quiz.contest.models import Contest, Round
from quiz.contest.operations.audit_subjects import of_contest, of_round
from quiz.contest.rules.actions import QuizAction
from quiz.results.operations.versions import TooEarly
from quiz.results.queries.comparison import Compared

MOST_A_DAY = 30
"""The most lookups of one account in 24 hours: enough for a table of objections, too few to read the standings."""
NOT_FOUND = N_("không thấy")


class NoMoreComparisons(Exception):
    """The account has looked up as many as it may in a day."""


def record_comparison(
    session: Session,
    actor: Actor,
    of: Round | Contest,
    pair: Sequence[Compared | int],
    *,
    reason: str,
    now: datetime,
) -> None:
    """Record that *actor* looks up two people *of* a closed round or a whole contest, by their ranks, with the reason.

    A number stands in the place of a person where that many fit what was typed: none, or several to choose from, whose
    units and years the page shows. The limit is read after the entry is written, when other writers of the trail
    wait, so that simultaneous lookups do not pass it together; the caller rolls the entry back.

    Raises:
        TooEarly: the round, or every round of the contest, is not ranked.
        NoMoreComparisons: after `MOST_A_DAY` of this account in the last 24 hours.
    """
    contest, rounds = (of, of.rounds) if isinstance(of, Contest) else (of.contest, [of])
    if all(each.closed_at is None for each in rounds):
        raise TooEarly
    ranks = "; ".join(_words(contest, each) for each in pair)
    about = of_contest(of) if isinstance(of, Contest) else of_round(of)
    record(session, actor, QuizAction.ENTRY_COMPARE, about, after={"ranks": ranks}, reason=reason, now=now)
    mine = AuditEntry.account_id == actor.account_id, AuditEntry.action == QuizAction.ENTRY_COMPARE
    lately = select(func.count()).select_from(AuditEntry).where(*mine, AuditEntry.at > now - timedelta(days=1))
    if (session.scalar(lately) or 0) > MOST_A_DAY:
        raise NoMoreComparisons


def _words(contest: Contest, found: Compared | int) -> str:
    if isinstance(found, int):
        return N_("%(n)s người như vậy") % {"n": found} if found else NOT_FOUND
    rank, bloc = str(found.rank) if found.rank else N_("không xếp hạng"), contest.bloc_name(found.bloc)
    return f"{rank} ({bloc})" if bloc else rank
