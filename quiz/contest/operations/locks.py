"""Row locks until the commit, so that concurrent changes to one participant happen one after the other."""

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import parts
from quiz.contest.models import Participant, Round
from quiz.contest.models.contest import is_changeable


def lock_people(session: Session, ids: Collection[uuid.UUID]) -> list[Participant]:
    """Lock and reload the participants *ids*; one that has just been erased is absent.

    The open rounds of their contests are locked first, as in closing, so that a paper is excluded before the round is
    ranked or stays in it. This waits for papers being submitted, since a tally may be recounted. Person requests are
    locked after.
    """
    wanted = sorted(ids)
    for some in parts(wanted):
        contests = select(Participant.contest_id).where(Participant.id.in_(some))
        open_weeks = select(Round.id).where(Round.contest_id.in_(contests), is_changeable())
        session.execute(open_weeks.order_by(Round.id).with_for_update(key_share=True))
    return [
        each
        for some in parts(wanted)
        for each in session.scalars(
            select(Participant)
            .where(Participant.id.in_(some))
            .order_by(Participant.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    ]
