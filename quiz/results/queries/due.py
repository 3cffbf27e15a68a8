"""The work of staff that the results of all rounds wait for: clusters to decide on, and people to call."""

from collections.abc import Iterable

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from account.models import Approval
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import EntryCluster, Winner
from quiz.results.queries.result import newest_versions
from quiz.results.rules.decisions import OPEN


def list_due_clusters(session: Session) -> list[tuple[int, int]]:
    """Return round and number of every cluster that must still be decided on before the calls."""
    query = select(EntryCluster.round_id, EntryCluster.number)
    rows = session.execute(query.where(EntryCluster.is_strong, EntryCluster.decision == OPEN))
    return [(round_id, number) for round_id, number in rows]


def list_asked_clusters(requests: Iterable[Approval]) -> set[tuple[int, int]]:
    """Return round and number of the clusters that *requests* are about, of one or of several; others are ignored.

    An older request names its only cluster as `cluster`.
    """
    given = [each.details for each in requests if each.action == QuizAction.CLUSTER_DECIDE]
    return {
        (int(str(one["round"])), int(number))
        for one in given
        for number in str(one.get("clusters") or one["cluster"]).split()
    }


def count_to_call(session: Session) -> dict[int, int]:
    """Return by published round how many people in line for a prize, as after a correction, were not called yet."""
    query = (
        select(Winner.round_id, func.count())
        .join(Round, Round.id == Winner.round_id)
        .where(Round.published_at.is_not(None), Winner.state == "pending", Winner.needs_draw.is_(False))
        .where(tuple_(Winner.round_id, Winner.version).in_(newest_versions()))
    )
    return dict(session.execute(query.group_by(Winner.round_id)).all())
