"""The prizes of the whole contest in a participant's copy of their data: the calls, and what was decided."""

import uuid
from collections.abc import Collection

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from core.values.text import N_
from privacy.models.holder import Line
from quiz.persons.labels import WINNER_STATE
from quiz.results.models import SeasonAward, SeasonCall, SeasonDecision


def season_call_lines(session: Session, ids: Collection[uuid.UUID]) -> list[Line]:
    """Return the calls to the participants *ids* for a prize of the whole contest, with why one was passed over."""
    calls = session.scalars(select(SeasonCall).where(SeasonCall.participant_id.in_(ids)))
    return [
        [
            (N_("Số lần gọi không ai nghe máy"), call.missed),
            (N_("Gọi lần cuối"), call.called_at),
            (N_("Tình trạng"), WINNER_STATE["pending" if call.state == "missed" else call.state]),
            (N_("Lý do bỏ qua"), call.why),
        ]
        for call in calls
    ]


def season_award_lines(session: Session, ids: Collection[uuid.UUID]) -> list[Line]:
    """Return the prizes of the whole contest that decisions gave the participants *ids*."""
    awards = session.scalars(select(SeasonAward).where(SeasonAward.participant_id.in_(ids)))
    return [
        [
            (N_("Quyết định lần"), award.version),
            (N_("Hạng"), award.rank),
            (N_("Giải"), award.tier),
            (N_("Số câu đúng"), award.correct),
        ]
        for award in awards
    ]


def list_season_prizes(session: Session, ids: Collection[uuid.UUID]) -> list[SeasonAward]:
    """Return the prizes of the participants *ids* in the newest decisions on the prizes of whole contests."""
    newest = select(SeasonDecision.contest_id, func.max(SeasonDecision.version)).group_by(SeasonDecision.contest_id)
    mine = SeasonAward.participant_id.in_(ids), tuple_(SeasonAward.contest_id, SeasonAward.version).in_(newest)
    return list(session.scalars(select(SeasonAward).where(*mine)))
