"""The ranked entries of a closed round, for ranking them by other rules."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from quiz.attempt.queries.attempt import milliseconds
from quiz.attempt.rules.entry import EntryValue
from quiz.results.models import Result, StandingRow


def read_ranked(session: Session, result: Result) -> tuple[list[EntryValue], dict[str, int]]:
    """Return the ranked entries of *result*, and the rank of each by its ref, in one statement."""
    row = StandingRow
    columns = (row.participant_id, row.correct, row.duration_ms, row.guess, row.submitted_at, row.rank, row.bloc)
    mine = (row.round_id == result.round_id, row.version == result.version)
    entries, ranks = [], {}
    for id, correct, duration_ms, guess, at, rank, bloc in session.execute(select(*columns).where(*mine)):
        ref = str(id)
        entries.append(EntryValue(ref, correct, duration_ms, guess, milliseconds(at) if at else None, bloc))
        ranks[ref] = rank
    return entries, ranks
