"""Holding people until the commit: what is done to the same person at once is done one after the other."""

import uuid
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db import parts
from quiz.contest.models import Participant, Round


def hold_people(session: Session, ids: Collection[uuid.UUID]) -> list[Participant]:
    """Hold the participants *ids* and read them anew: whoever has just been erased is unknown by now.

    The open weeks of their contests come first, as for whoever closes one: a paper is left out before the week is
    ranked, or stays in it; papers that are just handed in are waited for, since a tally may be counted anew. Requests
    come after.
    """
    wanted = sorted(ids)
    for some in parts(wanted):
        contests = select(Participant.contest_id).where(Participant.id.in_(some))
        open_weeks = select(Round.id).where(Round.contest_id.in_(contests), Round.closed_at.is_(None))
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
