"""The holder of participants, for the desk of persons' rights."""

import uuid
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from privacy.models.holder import DataSubject, Holder
from privacy.rules.consent import ConsentNotices
from quiz.attempt.models import Attempt
from quiz.contest.labels.consent import CONSENT
from quiz.contest.models import Participant, Round
from quiz.contest.operations.locks import lock_people
from quiz.contest.rules.consent import FREE, OF_ADULTS, PARTICIPANT, WORDING
from quiz.outreach.operations.announcement import stop_people
from quiz.persons.labels import PURPOSE, WORDS
from quiz.persons.operations.correction import correct_participants
from quiz.persons.operations.erasure import forget_participants
from quiz.persons.queries import participants
from quiz.persons.queries.held import copy_of
from quiz.results.operations.versions import lock_round


def lock_participants(session: Session, ids: Collection[uuid.UUID]) -> list[DataSubject]:
    """Lock the participants *ids* until the commit and read them anew."""
    return [participants.subject_of(each) for each in lock_people(session, ids)]


def restrict_participants(session: Session, ids: Collection[uuid.UUID], moment: datetime | None) -> None:
    """Restrict the participants *ids* from *moment* on: they are not shown, named, called or
    written to; None ends it.
    """
    if moment is not None:
        stop_people(session, ids)
    session.execute(update(Participant).where(Participant.id.in_(ids)).values(restricted_at=moment))


def hold_rounds(session: Session, ids: Collection[uuid.UUID]) -> None:
    """Lock the rounds with papers of the participants *ids* until the commit, so that none is published meanwhile."""
    query = select(Round).where(Round.id.in_(select(Attempt.round_id).where(Attempt.participant_id.in_(ids))))
    for round in session.scalars(query.order_by(Round.id)).all():
        lock_round(session, round)


HOLDER = Holder(
    code=PARTICIPANT,
    words=WORDS,
    notices=ConsentNotices(wording=WORDING, notices=CONSENT, names=PURPOSE, free=FREE, of_adults=OF_ADULTS),
    find=participants.find_participants,
    lock=lock_participants,
    show=participants.show_participants,
    copy=copy_of,
    correct=correct_participants,
    restrict=restrict_participants,
    erase=forget_participants,
    list_erased=participants.list_erased,
    list_restricted=participants.list_restricted,
    withdrawn=stop_people,
    units=participants.list_units,
    published=participants.list_published,
    hold=hold_rounds,
    erased_after=participants.list_unpublished,
)
"""The participants of all contests; those of rehearsals are never found."""
