"""The number that was guessed at last, for a paper: a template global, since papers do not know results."""

from sqlalchemy import select

from core.web.arrival import arrived_at
from core.web.extensions import db
from quiz.boards.rules.last_week import LastWeek
from quiz.contest.models import Round
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.rules.presets import GuessTarget
from quiz.contest.views import blueprint
from quiz.results.queries.result import find_result


@blueprint.app_template_global("last_week")
def last_week(contest_id: int, number: int) -> LastWeek | None:
    """Return the last published round before round *number* of a contest; None without one, and for a rehearsal."""
    earlier = (Round.contest_id == contest_id, Round.number > REHEARSAL, Round.number < number)
    query = select(Round).where(*earlier, Round.published_at <= arrived_at()).order_by(Round.number.desc()).limit(1)
    round = db.session.scalar(query)
    result = find_result(db.session, round) if round else None
    if round is None or result is None:
        return None
    is_right = round.declared.guess_target in (GuessTarget.PERFECT, GuessTarget.PERCENT)
    people = result.target_people or result.people
    return LastWeek(round.number, people, result.target if is_right else None, round.name)
