"""The decided prizes of the whole contest, the calls for them, and who of the people may be named."""

import uuid
from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring
from privacy.queries.consents import consenting
from quiz.contest.models import Contest, Participant
from quiz.contest.queries.nicknames import nicknames_of
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.results.models import SeasonAward, SeasonCall, SeasonDecision
from quiz.results.queries.result import RoundOutcome, contacts_of


class Seated(Protocol):
    """A person with a prize, or in line for one."""

    @property
    def participant(self) -> Any:
        """The person."""

    @property
    def participant_id(self) -> uuid.UUID:
        """The id of the person."""


def find_season_decision(session: Session, contest: Contest) -> SeasonDecision | None:
    """Return the newest decision on the prizes of *contest*'s people for the whole contest, with its people."""
    query = select(SeasonDecision).where(SeasonDecision.contest_id == contest.id)
    people = joinedload(SeasonDecision.awards).joinedload(SeasonAward.participant).joinedload(Participant.unit)
    return session.scalars(query.options(people).order_by(SeasonDecision.version.desc())).unique().first()


def find_season_award(session: Session, participant: Participant) -> SeasonAward | None:
    """Return the prize of a participant in the newest decision of their contest; None without one."""
    newest = select(func.max(SeasonDecision.version)).where(SeasonDecision.contest_id == participant.contest_id)
    query = select(SeasonAward).where(
        SeasonAward.contest_id == participant.contest_id,
        SeasonAward.version == newest.scalar_subquery(),
        SeasonAward.participant_id == participant.id,
    )
    return session.scalar(query)


def list_season_calls(session: Session, contest: Contest) -> dict[uuid.UUID, SeasonCall]:
    """Return the calls to people in line for a prize of the whole contest, by participant."""
    query = select(SeasonCall).where(SeasonCall.contest_id == contest.id)
    return {each.participant_id: each for each in session.scalars(query)}


def season_outcome(session: Session, keyring: Keyring, contest: Contest, seats: Sequence[Seated]) -> RoundOutcome:
    """Return who of *seats* may be named in public, by the rule of the pages of a round."""
    people, ids = [each.participant for each in seats], frozenset(each.participant_id for each in seats)
    agreed = consenting(session, PARTICIPANT, list(ids), Purpose.NAMED)
    until = {
        each.id: contest.rounds[-1].closes_at for each in people if each.id not in agreed and not each.may_be_child
    }
    nicknames = nicknames_of(session, keyring, contest.id, until) if until else {}
    contacts, seated = contacts_of(session, keyring, people), list[Any](seats)
    return RoundOutcome(seated, [], contacts, ids, agreed, nicknames=nicknames)
