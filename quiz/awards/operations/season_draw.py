"""Record a public draw among people of equal rank over the whole contest."""

from datetime import datetime
from functools import partial

from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.audit import Actor, Subject
from core.values.kept import kept
from core.values.text import N_
from quiz.attempt.operations.lifecycle import lock_contest
from quiz.awards.queries.season import draft_season
from quiz.awards.queries.unit_codes import last_fixed_on
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Rules
from quiz.results.models import Draw
from quiz.results.models.draw import OF_SEASON
from quiz.results.operations.draw import (
    AlreadyDrawn,
    Written,
    WrongDay,
    check_written,
    draw_of,
    find_group,
    store_draw,
)
from quiz.results.operations.versions import TooEarly
from quiz.results.queries import entry_codes
from quiz.results.queries.season_prizes import find_season_decision
from quiz.results.queries.tie_groups import OpenGroup
from quiz.results.rules.draws import DrawRecord, TieGroup, drawn_refs

_TIE = kept(N_("Bốc thăm hạng %(rank)s chung cuộc, %(words)s"))


def check_season_draw(session: Session, contest: Contest, key: str, written: Written, *, now: datetime) -> OpenGroup:
    """Return the group of people that *written* is of, if it may be recorded now.

    Raises:
        TooEarly: a round is not published, or not final, so that ranks still change.
        WrongDay: as `check_written` says, of the day on which the last results became fixed.
        Changed, AlreadyDrawn: as `find_group` does; a group that a decision went by is decided for good.
        BadDraw: the tickets do not fit the group.
    """
    draft = draft_season(session, contest, now)
    if draft is None or draft.unready:
        raise TooEarly
    if (fixed_on := last_fixed_on(session, contest)) is None:
        raise WrongDay
    check_written(written, Rules.from_dict(contest.rules), fixed_on, now)
    found = find_group(draft.ties, key, written)
    if found.decided_by is not None and find_season_decision(session, contest) is not None:
        raise AlreadyDrawn
    if isinstance(written, DrawRecord):
        drawn_refs(found.group, written.tickets)
    return found


def record_season_draw(
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
    """Record the draw of the people under *key* and audit it; the decision on their prizes goes by it.

    *approval* is the second person's, None where one person decides alone. Raises as `check_season_draw` does.
    """
    lock_contest(session, contest)
    found = check_season_draw(session, contest, key, written, now=now)
    by = Rules.from_dict(contest.rules).draw_source, entry_codes.OF_SEASON
    draw = draw_of(contest, found, written, by, partial(entry_codes.list_season_codes, session, contest), now=now)
    draw.measure = OF_SEASON
    about = of_season_tie(contest, found.group)
    store_draw(session, actor, draw, about, QuizAction.SEASON_DRAW, reason=reason, now=now, approval=approval)
    return draw


def of_season_tie(contest: Contest, group: TieGroup) -> Subject:
    """Return the draw among the people of one rank, and bloc, as a subject."""
    whole = of_contest(contest)
    words = _TIE % {"rank": group.rank, "words": whole.words}
    return Subject("quiz.season_draw", f"{contest.id}:{group.bloc}:{group.rank}", words, whole.unit_id)
