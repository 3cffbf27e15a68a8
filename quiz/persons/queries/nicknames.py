"""A participant's own nickname, for their page and the copy of their data."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.values.text import N_
from privacy.models.holder import Line
from quiz.contest.models import Nickname, Participant
from quiz.contest.queries.nicknames import read_nickname, registered_among
from quiz.contest.rules.nicknames import MOST_CHOICES, MOST_STRIKES


@dataclass(frozen=True)
class OwnNickname:
    """The nickname of a participant with what became of it; empty once they took it back."""

    text: str
    chosen_at: datetime
    struck_at: datetime | None
    reason: str
    is_somebodys_name: bool
    """Whether a participant is registered under it, so that it stands on no page."""
    may_choose: bool


def find_own(session: Session, keyring: Keyring, participant: Participant) -> OwnNickname | None:
    """Return the nickname of *participant*; None if they never chose one."""
    row = session.get(Nickname, participant.id)
    if row is None:
        return None
    text = read_nickname(session, keyring, row)
    taken = registered_among(session, keyring, row.contest_id, [text] if text else [])
    may_choose = row.choices < MOST_CHOICES and row.strikes < MOST_STRIKES
    return OwnNickname(text, row.chosen_at, row.struck_at, row.reason, bool(taken), may_choose)


def nickname_lines(session: Session, keyring: Keyring, ids: Collection[uuid.UUID]) -> list[Line]:
    """Return the nicknames of the participants *ids* for the copy of their data."""
    rows = session.scalars(select(Nickname).where(Nickname.participant_id.in_(ids)))
    return [
        [
            (N_("Biệt danh"), read_nickname(session, keyring, row)),
            (N_("Chọn lúc"), row.chosen_at),
            (N_("Ban Tổ chức bỏ lúc"), row.struck_at),
            (N_("Lý do"), row.reason or None),
        ]
        for row in rows
    ]
