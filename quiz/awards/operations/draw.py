"""Record a public draw among units that are equal by a measure of their prizes."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.audit import Actor, Subject
from core.values.kept import kept
from core.values.text import N_
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.awards.queries.collective import draft_collective, find_decision
from quiz.awards.queries.unit_codes import last_fixed_on, list_unit_codes, of_measure
from quiz.awards.queries.unit_ties import unit_ties
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.terms import CollectiveMeasure
from quiz.results.models import Draw
from quiz.results.operations.draw import (
    AlreadyDrawn,
    Written,
    WrongDay,
    check_written,
    draw_of,
    store_draw,
)
from quiz.results.operations.versions import Changed
from quiz.results.queries.tie_groups import OpenGroup
from quiz.results.rules.draws import DrawRecord, TieGroup, drawn_refs

_TIE = kept(N_("Bốc thăm hạng %(rank)s tập thể, %(words)s"))


def check_unit_draw(
    session: Session, contest: Contest, key: str, written: Written, *, now: datetime
) -> tuple[CollectiveMeasure, OpenGroup]:
    """Return the group of units that *written* is of and its measure, if it may be recorded now.

    Raises:
        Changed: there is no such group now: figures changed, rounds are not final, or a draw was recorded.
        WrongDay: as `check_written` says, of the day on which the last results became fixed.
        AlreadyDrawn: it is decided, and *written* gives no reason to record it again.
        BadDraw: the tickets do not fit the group.
    """
    draft, is_decided = draft_collective(session, contest, now), find_decision(session, contest) is not None
    found = unit_ties(contest, draft, is_decided=is_decided, now=now).find(key)
    if found is None:
        raise Changed
    if (fixed_on := last_fixed_on(session, contest)) is None:
        raise WrongDay
    check_written(written, Rules.from_dict(contest.rules), fixed_on, now)
    if found[1].decided_by is not None and not written.again:
        raise AlreadyDrawn
    if isinstance(written, DrawRecord):
        drawn_refs(found[1].group, written.tickets)
    return found


def record_unit_draw(
    session: Session,
    actor: Actor,
    contest: Contest,
    key: str,
    written: Written,
    *,
    reason: str,
    now: datetime,
    approval: Approval | None = None,
) -> Draw:
    """Record the draw of the units under *key* and audit it; the decision on their prizes goes by it.

    *approval* is the second person's, None where one person decides alone. Raises as `check_unit_draw` does.
    """
    lock_contest(session, contest)
    measure, found = check_unit_draw(session, contest, key, written, now=now)
    by = Rules.from_dict(contest.rules).draw_source, of_measure(measure)
    draw = draw_of(contest, found, written, by, partial(list_unit_codes, session), now=now)
    draw.measure = measure.value
    about = of_unit_tie(contest, measure, found.group)
    store_draw(session, actor, draw, about, QuizAction.UNITS_DRAW, reason=reason, now=now, approval=approval)
    return draw


def of_unit_tie(contest: Contest, measure: CollectiveMeasure, group: TieGroup) -> Subject:
    """Return the draw among the units of one rank by a measure as a subject."""
    whole = of_contest(contest)
    words = _TIE % {"rank": group.rank, "words": whole.words}
    return Subject("quiz.unit_draw", f"{contest.id}:{measure.value}:{group.rank}", words, whole.unit_id)
