"""The values that a round's review compares: its entries, the devices they were opened on, the size of the paper."""

import json
from collections.abc import Callable
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.bulk import ROWS_AT_ONCE, make_room, stored_between
from core.columns import IdText, Milliseconds
from core.crypto import Keyring
from core.person_keys import PersonKey, opener_of_persons
from core.values.text import search_key
from quiz.attempt.models import AnswerSheet, Attempt, AttemptEvidence, Entry
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.queries.paper_rows import dashed
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

    @lru_cache(maxsize=1_000_000)
    def wrong(text: str) -> frozenset[tuple[str, str]]:
        return wrong_answers(read_answers(text), right)

    session.flush()
    make_room(session)
    facts, homes = _facts_of(keyring), dict[bytes, bytes]()
    rows = session.connection().execute(_entries_of(session, round), execution_options={"yield_per": ROWS_AT_ONCE})
    return [
        ReviewedEntry(
            dashed(ref),
            begun,
            took or 0,
            mode == OWN,
            ordinal == 1,
            correct == size,
            address and homes.setdefault(address, address),
            *facts(*sealed),
            unit_id,
            wrong(answers or "{}"),
        )
        for some in rows.partitions()
        for ref, begun, took, mode, ordinal, correct, answers, address, unit_id, *sealed in some
    ]


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
            Participant.unit_id,
            Participant.sealed,
            IdText(PersonKey.id),
            PersonKey.wrapped,
        )
        .join(Entry, Entry.attempt_id == Attempt.id)
        .join(Participant, Participant.id == Entry.participant_id)
        .outerjoin(AnswerSheet, AnswerSheet.attempt_id == Attempt.id)
        .outerjoin(AttemptEvidence, AttemptEvidence.attempt_id == Attempt.id)
        .outerjoin(PersonKey, PersonKey.id == Participant.person_id)
        .where(Entry.round_id + 0 == round.id, *stored_between(session, Attempt, Attempt.round_id, round.id))
    )


Facts = tuple[str, str, int | None]
"""The phone, the name without marks and the birth year, empty where they are not known."""


def _facts_of(keyring: Keyring) -> Callable[[bytes | None, str | None, bytes | None], Facts]:
    unseal, known = opener_of_persons(keyring), dict[str, str]()

    def facts(sealed: bytes | None, person: str | None, wrapped: bytes | None) -> Facts:
        if person is None or wrapped is None or not sealed:
            return "", "", None
        name, phone, birth_year = json.loads(unseal(bytes.fromhex(person.replace("-", "")), wrapped, sealed))
        key = search_key(name) if name else ""
        return phone or "", known.setdefault(key, key), birth_year

    return facts


def list_openings(session: Session, round: Round) -> list[Opening]:
    """Return on which devices the papers of *round* were opened, submitted or not."""
    query = (
        select(AttemptEvidence.device_hash, IdText(Attempt.participant_id), Milliseconds(Attempt.started_at))
        .join(Attempt, Attempt.id == AttemptEvidence.attempt_id)
        .where(*stored_between(session, Attempt, Attempt.round_id, round.id))
    )
    rows = session.connection().execute(query, execution_options={"yield_per": ROWS_AT_ONCE})
    return [Opening(device, dashed(id), begun) for some in rows.partitions() for device, id, begun in some]


def paper_size(session: Session, round: Round) -> PaperSize:
    """Return the number of words and of questions that a participant of *round* reads, on average where each gets
    others.
    """
    questions = find_paper(session, round.id, round.paper_version).questions
    texts = [text for each in questions for text in (each.text, *(choice for _letter, choice in each.choices))]
    words, asked = sum(len(text.split()) for text in texts), round.asked
    return PaperSize(words * asked // max(1, len(questions)), asked)
