"""The reasons of an office's released ratings."""

from collections import Counter as Tally
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from survey.counter.models import Counter
from survey.figures.rules.quarter import Quarter
from survey.figures.rules.reasons import DISSATISFIED, SATISFIED, Given, Reasons, reasons_of
from survey.instrument.rules.levels import Level
from survey.instrument.rules.quick import LEVEL, REASON_WORDS, REASONS
from survey.rating.models import Rating
from survey.rating.queries.tally import ShownWeek
from survey.rating.rules.answers import read_answers
from survey.rating.rules.channels import Channel
from survey.rating.rules.classes import ORDINARY


def list_reasons(
    session: Session, counters: Collection[Counter], released: Collection[ShownWeek], quarter: Quarter | None = None
) -> tuple[Reasons | None, Reasons | None]:
    """Return the reasons of the dissatisfied and of the satisfied, of the *released* weeks that count at once, in the
    open channel; of a *quarter* alone, where one is given.

    Weeks that an inspector has decided to count are passed over: the day of the decision may lie after figures that
    were seen. Equal answers are equal texts, so that the database counts them: what is read grows with the combinations
    that were ticked, not with the ratings. Of *counters* together only: the difference between an office and its
    counters would hold fewer than five.
    """
    shown = {(row.counter_id, row.week, row.kind.value): row.batch[-1] for row in released if row.kind in ORDINARY}
    query = (
        select(Rating.counter_id, Rating.week, Rating.rating_class, Rating.answers, func.count())
        .where(Rating.counter_id.in_([counter.id for counter in counters]), Rating.channel == Channel.OPEN.value)
        .where(~Rating.is_rehearsal, Rating.answers.contains(f'"{REASONS}"', autoescape=True))
        .group_by(Rating.counter_id, Rating.week, Rating.rating_class, Rating.answers)
    )
    found: Tally[tuple[object, ...]] = Tally()
    for counter_id, week, kind, answers, count in session.execute(query):
        if until := shown.get((counter_id, week, kind)):
            found[until, answers] += count
    given = [_given(until, answers, count) for (until, answers), count in found.items()]
    listed = list(REASON_WORDS)
    return reasons_of(given, DISSATISFIED, listed, quarter), reasons_of(given, SATISFIED, listed, quarter)


def _given(until: object, answers: object, count: int) -> Given:
    chosen = read_answers(str(answers))
    return Given(until, Level(int(chosen[LEVEL][0])), tuple(chosen.get(REASONS, ())), count)  # type: ignore[arg-type]
