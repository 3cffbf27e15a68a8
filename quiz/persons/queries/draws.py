"""The public draws in which a participant was, for the copy that they are given."""

from collections.abc import Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from core.values.text import N_
from privacy.models.holder import Line
from quiz.contest.models import Participant, Round
from quiz.results.models import Draw
from quiz.results.models.draw import OF_SEASON


def draw_lines(session: Session, participants: Sequence[Participant]) -> list[Line]:
    """Return a line for each draw of people in which one of *participants* was; the others in it are not named."""
    mine = {str(each.id) for each in participants}
    query = select(Draw, Round.number).outerjoin(Round, Round.id == Draw.round_id)
    query = query.where(or_(Draw.round_id.is_not(None), Draw.measure == OF_SEASON))
    query = query.where(Draw.contest_id.in_({each.contest_id for each in participants})).order_by(Draw.id)
    return [
        [
            (N_("Tuần"), number) if number is not None else (N_("Giải"), N_("Giải chung cuộc")),
            (N_("Hạng"), draw.rank),
            (N_("Ngày bốc thăm"), draw.held_on),
            (N_("Thứ tự bốc được"), draw.drawn.index(ref) + 1 if ref in draw.drawn else None),
        ]
        for draw, number in session.execute(query)
        for ref in draw.members
        if ref in mine
    ]
