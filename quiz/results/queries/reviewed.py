"""The values that a round's review compares: its entries, the devices they were opened on, the size of the paper."""

import json
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.bulk import make_room
from core.columns import IdText, Milliseconds
from core.crypto import Keyring
from core.person_keys import PersonKey, open_person
from core.values.text import search_key
from quiz.attempt.models import AnswerSheet, Attempt, AttemptEvidence, Entry
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.queries.paper_rows import ROWS_AT_ONCE, as_stored, dashed
from quiz.attempt.queries.recount import TEXTS_KEPT
from quiz.attempt.rules.commitment import read_answers
from quiz.attempt.rules.scoring import wrong_answers
from quiz.contest.models import Participant, Round
from quiz.results.rules.reviewed import Opening, PaperSize, ReviewedEntry

OWN = "self"
"""The mode of attempts that participants made themselves, on this site."""


def list_reviewed(session: Session, keyring: Keyring, round: Round) -> list[ReviewedEntry]:
    """Return the counted entries of *round* as the rules of signs take them.

    Names, phones and birth years are decrypted here and go no further than into the comparison.
    """
    size, right = round.asked, find_paper(session, round.id, round.paper_version).key

    @lru_cache(maxsize=TEXTS_KEPT)
    def wrong(text: str) -> frozenset[tuple[str, str]]:
        return wrong_answers(read_answers(text), right)

    session.flush()
    make_room(session)
    rows = session.connection().execute(_entries_of(session, round), execution_options={"yield_per": ROWS_AT_ONCE})
    return [_reviewed(row, keyring, size, wrong(row.answers or "{}")) for row in rows]


def _entries_of(session: Session, round: Round):  # type: ignore[no-untyped-def]
    return (
        select(
            IdText(Entry.participant_id),
            Milliseconds(Attempt.started_at).label("begun_ms"),
            Attempt.duration_ms,
            Attempt.mode,
            Attempt.ordinal,
            Attempt.correct,
            AnswerSheet.answers,
            AttemptEvidence.address_hash,
            Participant.sealed,
            Participant.unit_id,
            *PersonKey.__table__.columns,
        )
        .join(Entry, Entry.attempt_id == Attempt.id)
        .join(Participant, Participant.id == Entry.participant_id)
        .outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
        .outerjoin(AttemptEvidence, AttemptEvidence.attempt_id == Attempt.id)
        .outerjoin(PersonKey, PersonKey.id == Participant.person_id)
        .where(Entry.round_id + 0 == round.id, *as_stored(session, round.id))
    )


def _reviewed(row: Any, keyring: Keyring, size: int, wrong: frozenset[tuple[str, str]]) -> ReviewedEntry:
    name, phone, birth_year = _facts(keyring, row)
    return ReviewedEntry(
        ref=dashed(row[0]),
        begun_ms=row.begun_ms,
        duration_ms=row.duration_ms or 0,
        is_own=row.mode == OWN,
        is_first=row.ordinal == 1,
        is_perfect=row.correct == size,
        address=row.address_hash,
        phone=phone or "",
        name=search_key(name) if name else "",
        birth_year=birth_year,
        unit_id=row.unit_id,
        wrong=wrong,
    )


def _facts(keyring: Keyring, row: Any) -> tuple[str | None, str | None, int | None]:
    if row.wrapped is None or not row.sealed:
        return None, None, None
    person = open_person(keyring, PersonKey(id=row.id, wrapped=row.wrapped, salt=row.salt))
    name, phone, birth_year = json.loads(person.unseal(row.sealed))
    return name, phone, birth_year


def list_openings(session: Session, round: Round) -> list[Opening]:
    """Return on which devices the papers of *round* were opened, submitted or not."""
    query = (
        select(AttemptEvidence.device_hash, IdText(Attempt.participant_id), Milliseconds(Attempt.started_at))
        .join(Attempt, Attempt.id == AttemptEvidence.attempt_id)
        .where(*as_stored(session, round.id))
    )
    return [Opening(device, dashed(id), begun) for device, id, begun in session.execute(query)]


def paper_size(session: Session, round: Round) -> PaperSize:
    """Return the number of words and of questions that a participant of *round* reads, on average where each gets
    others.
    """
    questions = find_paper(session, round.id, round.paper_version).questions
    texts = [text for each in questions for text in (each.text, *(choice for _letter, choice in each.choices))]
    words, asked = sum(len(text.split()) for text in texts), round.asked
    return PaperSize(words * asked // max(1, len(questions)), asked)
