"""The counted papers of a published round with their ranks, without their people."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.attempt.queries.attempt import counted_entries, milliseconds
from quiz.contest.models import Round
from quiz.results.models import Result, StandingRow
from quiz.results.rules.papers import CountedPaper


def list_papers(session: Session, round: Round, result: Result) -> list[CountedPaper]:
    """Return the ranked papers of *result* with the values they were ranked by, and the counted ones without a rank."""
    columns = (
        StandingRow.attempt_id,
        StandingRow.rank,
        StandingRow.correct,
        StandingRow.duration_ms,
        StandingRow.guess,
        StandingRow.submitted_at,
        StandingRow.bloc,
    )
    query = select(*columns).where(StandingRow.round_id == result.round_id, StandingRow.version == result.version)
    ranked = {row.attempt_id: row for row in session.execute(query)}
    papers = [
        CountedPaper(
            row.rank,
            row.correct,
            row.duration_ms,
            row.guess,
            row.submitted_at and milliseconds(row.submitted_at),
            row.bloc,
        )
        for row in ranked.values()
    ]
    others = (value for ref, value in counted_entries(session, round).items() if ref not in ranked)
    return papers + [
        CountedPaper(None, each.correct, each.duration_ms, each.guess, each.submitted_ms, each.bloc) for each in others
    ]
