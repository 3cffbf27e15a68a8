"""Queries of participants for the desk of persons' rights."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from core.crypto import Keyring
from core.db import parts
from core.translation import gettext
from core.values.names import name_key
from privacy.models.holder import Clues, DataSubject, SubjectCard
from quiz.attempt.models import Attempt
from quiz.attempt.queries.attempt import find_holder
from quiz.contest.labels.prizes import prize_shown
from quiz.contest.labels.rounds import round_name, round_words
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.models.contest import REHEARSAL
from quiz.contest.operations.registration import Identity, identity_hash, phone_hash
from quiz.contest.queries import list_contest_units
from quiz.contest.rules.consent import PARTICIPANT
from quiz.persons.queries.season import list_season_prizes
from quiz.results.models import Winner
from quiz.results.queries.result import decrypt_contacts, newest_versions


def subject_of(participant: Participant) -> DataSubject:
    """Return a participant as a data subject; staff of the contest's unit answer for them."""
    return DataSubject(
        holder=PARTICIPANT,
        id=participant.id,
        person_id=participant.person_id,
        unit_id=participant.contest.unit_id,
        may_be_child=participant.may_be_child,
        restricted_at=participant.restricted_at,
        sealed=participant.sealed or b"",
    )


def list_participants(session: Session, ids: Collection[uuid.UUID]) -> list[Participant]:
    """Return the participants *ids* with contest and unit, ordered by id."""
    query = select(Participant).where(Participant.id.in_(ids)).order_by(Participant.id)
    return list(session.scalars(query.options(joinedload(Participant.contest), joinedload(Participant.unit))))


def find_participants(session: Session, keyring: Keyring, clues: Clues, within: Collection[int]) -> list[DataSubject]:
    """Return the participants with that code, or with that name and phone, in contests of the units *within*."""
    if clues.codes:
        holder = find_holder(session, keyring, clues.codes)
        return [subject_of(holder)] if holder and holder.contest.unit_id in within else []
    contests = session.scalars(select(Contest.id).where(Contest.unit_id.in_(within)))
    hashes = [phone_hash(keyring, contest_id, clues.phone) for contest_id in contests]
    return [subject_of(each) for each in list_namesakes(session, keyring, hashes, clues.name)]


def find_identity(session: Session, keyring: Keyring, contest: Contest, identity: Identity) -> Participant | None:
    """Return the participant of *contest* with this name, phone and birth year, outside rehearsals."""
    mine = Participant.contest_id == contest.id, Participant.is_rehearsal.is_(False)
    hashed = Participant.identity_hash == identity_hash(keyring, contest.id, identity)
    return session.scalar(select(Participant).where(*mine, hashed))


def list_namesakes(session: Session, keyring: Keyring, phone_hashes: Collection[bytes], name: str) -> list[Participant]:
    """Return the participants with one of these phones and this *name*; tone placement and case are ignored."""
    query = select(Participant).where(Participant.is_rehearsal.is_(False))
    found = [
        each for part in parts(phone_hashes) for each in session.scalars(query.where(Participant.phone_hash.in_(part)))
    ]
    contacts = decrypt_contacts(session, keyring, found)
    return [each for each in found if each.id in contacts and name_key(contacts[each.id].name) == name_key(name)]


def show_participants(session: Session, keyring: Keyring, ids: Collection[uuid.UUID]) -> list[SubjectCard]:
    """Return the participants *ids* with contest, unit and decrypted facts."""
    people = list_participants(session, ids)
    contacts = decrypt_contacts(session, keyring, people)
    return [
        SubjectCard(
            subject_of(each),
            f"{each.contest.title} · {each.unit.name}",
            each.contest.organiser,
            each.unit_id,
            contacts.get(each.id),
        )
        for each in people
    ]


def list_units(session: Session, ids: Collection[uuid.UUID]) -> list[tuple[int, str]]:
    """Return the units of the contests of the participants *ids*."""
    people = list_participants(session, ids)
    return [(unit.id, unit.label) for each in people for unit in list_contest_units(session, each.contest)]


def list_prizes(session: Session, ids: Collection[uuid.UUID]) -> list[tuple[Winner, Round]]:
    """Return the prizes of the participants *ids* in the newest published results, the earliest round first."""
    query = select(Winner, Round).join(Round, Round.id == Winner.round_id).options(joinedload(Round.contest))
    query = query.where(Winner.participant_id.in_(ids), Winner.state == "confirmed")
    newest = tuple_(Winner.round_id, Winner.version).in_(newest_versions())
    query = query.where(Round.published_at.is_not(None), newest)
    return [(winner, round) for winner, round in session.execute(query.order_by(Round.closes_at, Round.id))]


def list_published(session: Session, ids: Collection[uuid.UUID]) -> list[tuple[str, str]]:
    """Return those prizes as pairs of title and prize."""
    prizes, season = list_prizes(session, ids), list_season_prizes(session, ids)
    whole = [(each.participant.contest.title, prize_shown(each.tier, each.participant.contest)) for each in season]
    of_rounds = [
        (
            gettext("%(round)s, %(title)s", round=round_name(round), title=round.contest.title),
            prize_shown(winner.tier, round.contest),
        )
        for winner, round in prizes
    ]
    return [*of_rounds, *whole]


def list_unpublished(session: Session, ids: Collection[uuid.UUID], now: datetime) -> list[tuple[uuid.UUID, str]]:
    """Return the participants *ids* with papers in rounds that are not published, and these rounds in words.

    Until then no request in a rival's name removes their paper. A cancelled contest publishes nothing.
    """
    query = select(Attempt.participant_id, Round).join(Round, Round.id == Attempt.round_id).join(Round.contest)
    query = query.where(Attempt.participant_id.in_(ids), Round.number != REHEARSAL, Contest.called_off_at.is_(None))
    query = query.where(or_(Round.published_at.is_(None), Round.published_at > now))
    found = sorted({(id, round) for id, round in session.execute(query)}, key=lambda row: (row[1].number, row[0].hex))
    return [
        (id, gettext("%(round)s, %(title)s", round=round_words(round), title=round.contest.title))
        for id, round in found
    ]


def list_erased(session: Session) -> list[uuid.UUID]:
    """Return the ids of erased participants."""
    return list(session.scalars(select(Participant.id).where(Participant.person_id.is_(None))))


def list_restricted(session: Session) -> list[tuple[uuid.UUID, datetime]]:
    """Return the ids of restricted participants with the time of the restriction."""
    query = select(Participant.id, Participant.restricted_at).where(Participant.restricted_at.is_not(None))
    return [(id, moment) for id, moment in session.execute(query) if moment is not None]
