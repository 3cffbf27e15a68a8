"""What a contest forgets once it needs it no more, day by day; what it counted stays."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import func, select, tuple_, update
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.values.week import day_start, local_date
from quiz.contest.models import Consent, Contest, Participant, PersonRequest, RequestSubject, Round
from quiz.contest.operations.roster import forget_roster
from quiz.contest.rules.consent import Purpose
from quiz.persons.operations.erasure import erase_participants, keep_names_alone
from quiz.persons.rules.retention import REQUEST_DAYS, contacts_until, names_until
from quiz.results.models import Winner
from quiz.results.queries.result import newest_versions


def purge_contacts(session: Session, keyring: Keyring, today: date) -> int:
    """Forget whoever entered a contest whose objections are over; of winners who agreed to it the name stays."""
    ended = _ended(session, today, names=False)
    removed = forget_roster(session, ended)
    for contest_id in ended:
        known = _known(session, contest_id)
        named = _named(session, contest_id)
        unnamed = [each for each in known if each.id not in named]
        removed += erase_participants(session, keyring, unnamed, now=day_start(today))
        left = [each for each in _known(session, contest_id) if each.code_hash != _forgotten(keyring, each)]
        keep_names_alone(session, keyring, left)
        removed += len(left)
    return removed


def purge_names(session: Session, keyring: Keyring, today: date) -> int:
    """Forget the winners as well, once their list is old."""
    ended = _ended(session, today, names=True)
    return sum(
        erase_participants(session, keyring, _known(session, contest_id), now=day_start(today)) for contest_id in ended
    )


def purge_requests(session: Session, today: date) -> int:
    """Forget who made a request that was answered a while ago; its days and steps stay."""
    before = day_start(today - timedelta(days=REQUEST_DAYS))
    old = update(PersonRequest).where(PersonRequest.answered_at < before, PersonRequest.sealed.is_not(None))
    done = session.execute(old.values(sealed=None).returning(PersonRequest.id))
    return len(done.all())


def _ended(session: Session, today: date, *, names: bool) -> list[int]:
    """Contests whose time is over; one that says its people are invented is none."""
    last = func.max(func.coalesce(Round.published_at, Round.results_at))
    query = select(Contest.id, last).join(Round).where(Round.number > 0, Contest.is_illustrative.is_(False))
    until = names_until if names else contacts_until
    return [id for id, moment in session.execute(query.group_by(Contest.id)) if until(_day(moment)) < today]


def _day(moment: datetime) -> date:
    return local_date(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def _known(session: Session, contest_id: int) -> list[Participant]:
    """Who is still known; whoever waits for the answer to a request of their own is kept until it is given."""
    waits = (RequestSubject.participant_id == Participant.id, PersonRequest.answered_at.is_(None))
    asked = select(RequestSubject.request_id).join(PersonRequest).where(*waits)
    query = select(Participant).where(Participant.contest_id == contest_id, Participant.person_id.is_not(None))
    return list(session.scalars(query.where(~asked.exists())))


def _named(session: Session, contest_id: int) -> frozenset[object]:
    """Winners whose names stand in a published list with their consent; one that was corrected stands no more."""
    query = (
        select(Participant.id)
        .join(Winner, Winner.participant_id == Participant.id)
        .join(Consent, Consent.participant_id == Participant.id)
        .where(Participant.contest_id == contest_id, Participant.person_id.is_not(None))
        .where(tuple_(Winner.round_id, Winner.version).in_(newest_versions()))
        .where(Participant.may_be_child.is_(False), Winner.state == "confirmed", Winner.needs_draw.is_(False))
        .where(Consent.purpose == Purpose.NAMED.value, Consent.withdrawn_at.is_(None))
    )
    return frozenset(session.scalars(query))


def _forgotten(keyring: Keyring, participant: Participant) -> bytes:
    return keyring.mac("erased", "code_hash", str(participant.id))
