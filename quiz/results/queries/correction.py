"""Corrections of a round's results, and the entry that a correction is about."""

import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from account.models import Approval
from account.models.approval import APPROVED
from account.queries.approval import list_of_part
from quiz.attempt.models import Attempt, Entry
from quiz.contest.models import Participant, ParticipantVersion, Round, RoundQuestion
from quiz.contest.rules.actions import SHEET, QuizAction
from quiz.results.models import Exclusion, KeyVersion, Renaming, Result, StandingRow, Winner
from quiz.results.queries.result import find_result


@dataclass(frozen=True)
class EntryDetails:
    """An entry on its page: its line and prize in the newest results, and its exclusion."""

    entry: Entry
    line: StandingRow | None
    winner: Winner | None
    exclusion: Exclusion | None


@dataclass(frozen=True)
class Correction:
    """A version that was made after the publication, with the ground of an exclusion or the new key of a re-mark.

    `papers` is how many entries it excluded or recognised again. The publication showed number 1 of the public
    versions, so the first correction made number 2.
    """

    number: int
    result: Result
    ground: str | None
    key: KeyVersion | None
    papers: int = 1

    @property
    def public_number(self) -> int:
        """The number of the version that the public reads."""
        return self.number + 1


def find_paper(session: Session, round: Round, participant_id: uuid.UUID) -> EntryDetails | None:
    """Return the counted entry of a participant in a closed *round*; None without one."""
    key = (round.id, participant_id)
    eager = (joinedload(Entry.attempt), joinedload(Entry.participant).joinedload(Participant.unit))
    entry, result = session.get(Entry, key, options=eager), find_result(session, round)
    if entry is None or result is None:
        return None
    versioned = {"round_id": round.id, "version": result.version, "participant_id": participant_id}
    line = session.scalar(select(StandingRow).filter_by(**versioned))
    winner = session.scalar(select(Winner).filter_by(**versioned))
    return EntryDetails(entry, line, winner, find_exclusion(session, round.id, participant_id))


def get_paper(session: Session, round: Round, participant_id: uuid.UUID) -> EntryDetails:
    """Return the entry as `find_paper` does; raises `LookupError` without one."""
    paper = find_paper(session, round, participant_id)
    if paper is None:
        raise LookupError(participant_id)
    return paper


def find_at(session: Session, round: Round, position: int) -> uuid.UUID | None:
    """Return the participant at *position* of the newest standings."""
    result = find_result(session, round)
    if result is None:
        return None
    query = select(StandingRow.participant_id).filter_by(round_id=round.id, version=result.version, position=position)
    return session.scalar(query)


def find_exclusion(session: Session, round_id: int, participant_id: uuid.UUID) -> Exclusion | None:
    """Return the exclusion in force for a participant in a round."""
    query = select(Exclusion).filter_by(round_id=round_id, participant_id=participant_id, until_version=None)
    return session.scalar(query)


def find_exclusion_of(session: Session, attempt: Attempt) -> Exclusion | None:
    """Return the exclusion in force for *attempt*, if it is the counted one."""
    entry = session.get(Entry, (attempt.round_id, attempt.participant_id))
    if entry is None or entry.attempt_id != attempt.id:
        return None
    return find_exclusion(session, attempt.round_id, attempt.participant_id)


def list_exclusions(session: Session, round: Round) -> list[Exclusion]:
    """Return the exclusions in force in *round*, oldest first."""
    query = select(Exclusion).where(Exclusion.round_id == round.id, Exclusion.until_version.is_(None))
    return list(session.scalars(query.order_by(Exclusion.since_version)))


def in_force(version: int | None = None) -> ColumnElement[bool]:
    """Return the condition of the exclusions that are in force at present, or were in a *version* of the results."""
    if version is None:
        return Exclusion.until_version.is_(None)
    return (Exclusion.since_version <= version) & (
        Exclusion.until_version.is_(None) | (Exclusion.until_version > version)
    )


def count_grounds(session: Session, round: Round, version: int) -> list[tuple[str, int]]:
    """Return how many entries of *round* were excluded in a *version* for each ground, the most frequent first."""
    query = select(Exclusion.ground, func.count()).where(Exclusion.round_id == round.id, in_force(version))
    grouped = query.group_by(Exclusion.ground).order_by(func.count().desc(), Exclusion.ground)
    return [(ground, count) for ground, count in session.execute(grouped)]


def list_corrections(session: Session, round: Round) -> list[Correction]:
    """Return the corrections of *round* after its publication, oldest first; none before it."""
    if round.published_at is None:
        return []
    later = select(Result).where(Result.round_id == round.id, Result.version > 1, Result.made_at >= round.published_at)
    later = later.options(joinedload(Result.approval))
    excluded = list(session.scalars(select(Exclusion).where(Exclusion.round_id == round.id)))
    grounds = {row.since_version: row.ground for row in excluded}
    papers = Counter(version for row in excluded for version in (row.since_version, row.until_version))
    mine = (
        select(KeyVersion).join(KeyVersion.question).where(RoundQuestion.round_id == round.id, KeyVersion.version > 1)
    )
    keys = {key.version: key for key in session.scalars(mine)}
    return [
        Correction(at, result, grounds.get(result.version), keys.get(result.version), papers[result.version])
        for at, result in enumerate(session.scalars(later.order_by(Result.version)), start=1)
    ]


def list_renamings(session: Session, round: Round) -> list[Renaming]:
    """The corrections of published winners' names in *round*, the first first."""
    query = select(Renaming).where(Renaming.round_id == round.id).options(joinedload(Renaming.approval))
    return list(session.scalars(query.order_by(Renaming.renamed_at, Renaming.id)))


def list_imports(session: Session, round_id: int) -> list[Approval]:
    """Return the approvals of sheets of papers that were imported into a round, and those done by one person alone."""
    found = list_of_part(session, SHEET, round_id, QuizAction.ENTRY_IMPORT)
    return [each for each in found if each.state == APPROVED]


def list_renamed(session: Session, round: Round, people: Collection[uuid.UUID]) -> list[tuple[uuid.UUID, datetime]]:
    """Return those of *people* whose name, year or unit was corrected since *round* opened, with the moments."""
    query = select(ParticipantVersion.participant_id, ParticipantVersion.until)
    query = query.where(ParticipantVersion.participant_id.in_(people), ParticipantVersion.until >= round.opens_at)
    return [(id, until) for id, until in session.execute(query.order_by(ParticipantVersion.until))]
