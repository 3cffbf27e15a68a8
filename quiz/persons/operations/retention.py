"""The daily erasure of participants whose retention is over; what was counted stays."""

from datetime import UTC, date, datetime

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.values.week import day_start, local_date
from privacy.models import Consent
from privacy.operations.erasure import erase_subjects
from privacy.queries.requests import awaiting
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.roster import forget_roster
from quiz.contest.rules.consent import PARTICIPANT, Purpose
from quiz.persons.operations.erasure import keep_names_alone
from quiz.persons.operations.holder import HOLDER
from quiz.persons.rules.retention import contacts_until, names_until
from quiz.results.models import SeasonAward, SeasonDecision, Winner
from quiz.results.queries.result import newest_versions


def purge_contacts(session: Session, keyring: Keyring, today: date) -> int:
    """Erase participants after the objections; of winners who agreed to it the name stays."""
    ended = _ended(session, today, names=False)
    removed = forget_roster(session, ended)
    for contest_id in ended:
        known = _known(session, contest_id)
        named = _named(session, contest_id)
        unnamed = [each.id for each in known if each.id not in named]
        removed += erase_subjects(session, keyring, HOLDER, unnamed, now=day_start(today))
        left = [each for each in _known(session, contest_id) if each.code_hash != _forgotten(keyring, each)]
        keep_names_alone(session, keyring, left)
        removed += len(left)
    return removed


def purge_names(session: Session, keyring: Keyring, today: date) -> int:
    """Erase the winners as well, once their list is old."""
    removed = 0
    for contest_id in _ended(session, today, names=True):
        known = [each.id for each in _known(session, contest_id)]
        removed += erase_subjects(session, keyring, HOLDER, known, now=day_start(today))
    return removed


def _ended(session: Session, today: date, *, names: bool) -> list[int]:
    """Return the contests whose retention is over, without illustrative ones, whose people are invented."""
    last = func.max(func.coalesce(Round.published_at, Round.results_at))
    query = select(Contest.id, last).join(Round).where(Round.number > 0, Contest.is_illustrative.is_(False))
    until = names_until if names else contacts_until
    return [id for id, moment in session.execute(query.group_by(Contest.id)) if until(_day(moment)) < today]


def _day(moment: datetime) -> date:
    return local_date(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _known(session: Session, contest_id: int) -> list[Participant]:
    """Return the participants who are not erased, without those whose own request waits for an answer."""
    query = select(Participant).where(Participant.contest_id == contest_id, Participant.person_id.is_not(None))
    return list(session.scalars(query.where(Participant.id.not_in(awaiting(PARTICIPANT)))))


def _named(session: Session, contest_id: int) -> frozenset[object]:
    """Return the winners named with their consent in the newest published results."""
    people = (
        select(Participant.id)
        .join(Consent, and_(Consent.holder == PARTICIPANT, Consent.subject_id == Participant.id))
        .where(Participant.contest_id == contest_id, Participant.person_id.is_not(None))
        .where(Participant.may_be_child.is_(False))
        .where(Consent.purpose == Purpose.NAMED.value, Consent.withdrawn_at.is_(None))
    )
    winners = (
        select(Winner.participant_id)
        .where(tuple_(Winner.round_id, Winner.version).in_(newest_versions()))
        .where(Winner.state == "confirmed", Winner.needs_draw.is_(False))
    )
    newest = select(func.max(SeasonDecision.version)).where(SeasonDecision.contest_id == contest_id)
    season = select(SeasonAward.participant_id).where(
        SeasonAward.contest_id == contest_id, SeasonAward.version == newest.scalar_subquery()
    )
    return frozenset(session.scalars(people.where(or_(Participant.id.in_(winners), Participant.id.in_(season)))))


def _forgotten(keyring: Keyring, participant: Participant) -> bytes:
    return keyring.mac("erased", "code_hash", str(participant.id))
