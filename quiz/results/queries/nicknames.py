"""The nicknames of the people in line for a prize, which the organiser reads before publishing them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import Keyring
from privacy.queries.consents import consenting
from quiz.contest.models import Nickname, Round
from quiz.contest.queries.nicknames import read_nickname
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.results.models import Winner
from quiz.results.queries.result import find_result, list_winners, nicknames_in


@dataclass(frozen=True)
class NicknameLine:
    """A person in line for a prize with their nickname: one that stands on the page, or one that was struck."""

    winner: Winner
    nickname: str
    struck: Nickname | None = None


def list_nicknames(session: Session, keyring: Keyring, round: Round) -> list[NicknameLine]:
    """Return the nicknames on the page of *round* in the order of the standings, and the struck ones."""
    result = find_result(session, round)
    if result is None:
        return []
    winners = [each for each in list_winners(session, result) if each.state != "passed"]
    agreed = consenting(session, PARTICIPANT, [each.participant_id for each in winners], Purpose.NAMED)
    shown = nicknames_in(session, keyring, result, winners, agreed)
    struck = _struck(session, winners)
    lines = [
        NicknameLine(each, read_nickname(session, keyring, row), row)
        if (row := struck.get(each.participant_id))
        else NicknameLine(each, shown.get(each.participant_id, ""))
        for each in winners
    ]
    return [line for line in lines if line.nickname]


def _struck(session: Session, winners: Sequence[Winner]) -> dict[object, Nickname]:
    ids = [each.participant_id for each in winners]
    query = select(Nickname).where(Nickname.participant_id.in_(ids), Nickname.struck_at.is_not(None))
    return {row.participant_id: row for row in session.scalars(query)}
