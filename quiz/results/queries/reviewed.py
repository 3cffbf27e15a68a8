"""The values that a round's review compares: its entries, the devices they were opened on, the size of the paper."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from itertools import compress
from typing import NamedTuple

import numpy as np
from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from core.bulk import Columns, is_most, make_room, read_blocks, stored_between
from core.columns import IdText
from core.crypto import Keyring
from core.person_keys import PersonKey, opener_of_persons
from core.values.columns import NONE, IdColumn, Ints, ints
from core.values.text import search_key
from quiz.attempt.models import Attempt, AttemptEvidence
from quiz.attempt.queries.paper import find_paper
from quiz.attempt.queries.round_papers import RoundPapers, RoundPeople, people_of, place_numbers
from quiz.attempt.rules.commitment import read_answers
from quiz.attempt.rules.scoring import wrong_answers
from quiz.contest.models import Participant, Round
from quiz.results.rules.reviewed import OpeningColumns, PaperSize, ReviewedColumns, numbered

OWN = ("self",)
"""The mode of attempts that participants made themselves, on this site."""


class Reviewed(NamedTuple):
    """The counted entries of a round, and on which devices its papers were opened, submitted or not."""

    entries: ReviewedColumns
    openings: OpeningColumns


def read_reviewed(session: Session, keyring: Keyring, round: Round, papers: RoundPapers) -> Reviewed:
    """Return what the rules of signs compare of *round*; this reads alone.

    Names, phones and birth years are decrypted here and go no further than into the comparison.
    """
    people, (device, address) = papers.people, _read_evidence(session, round, papers)
    who = np.flatnonzero(people.entry >= 0)
    who = who[np.argsort(people.order[who])]
    place = np.full(len(people.refs), -1, np.int64)
    place[who] = np.arange(len(who))
    opened = np.flatnonzero(device >= 0)
    person = papers.person[opened]
    openings = OpeningColumns(device[opened], people.order[person], place[person], papers.started_ms[opened])
    return Reviewed(_entries_of(session, keyring, round, papers, who, address), openings)


def _entries_of(
    session: Session, keyring: Keyring, round: Round, papers: RoundPapers, who: Ints, address: Ints
) -> ReviewedColumns:
    at, right = papers.people.entry[who], find_paper(session, round.id, round.paper_version).key
    wrong = [wrong_answers(read_answers(text), right) for text in [*papers.texts, "{}"]]
    facts = _read_facts(session, keyring, round, papers.people)
    return ReviewedColumns(
        papers.people.refs.take(who),
        papers.started_ms[at],
        np.where(papers.duration_ms[at] == NONE, 0, papers.duration_ms[at]),
        papers.has_mode(OWN)[at],
        papers.ordinal[at] == 1,
        papers.correct[at] == round.asked,
        address[at],
        facts.phone[who],
        facts.name[who],
        facts.birth_year[who],
        papers.people.unit_id[who],
        numbered(wrong, but=())[np.where(papers.sheet[at] == NONE, -1, papers.sheet[at])],
        list(dict.fromkeys(wrong)),
    )


def _read_evidence(session: Session, round: Round, papers: RoundPapers) -> tuple[Ints, Ints]:
    """Return a number for the device and for the address of each paper, -1 for none."""
    query = select(IdText(AttemptEvidence.attempt_id), AttemptEvidence.device_hash, AttemptEvidence.address_hash)
    if not is_most(session, AttemptEvidence, len(papers.ids)):
        make_room(session)
        mine = stored_between(session, Attempt, Attempt.round_id, round.id)
        query = query.join(Attempt, Attempt.id == AttemptEvidence.attempt_id).where(*mine)
    devices, addresses = place_numbers(), place_numbers()
    packed, parts = list[bytes](), [(ints(()),) * 2]
    for ids, device_hashes, address_hashes in read_blocks(session, query):
        packed.append(IdColumn.pack(ids))
        numbers = map(devices.__getitem__, device_hashes), map(addresses.__getitem__, address_hashes)
        parts.append((ints(list(numbers[0])), ints(list(numbers[1]))))
    at, found = papers.ids.places_of(IdColumn.packed(packed)), map(np.concatenate, zip(*parts, strict=True))
    device, address = (_placed(each, at, len(papers.ids)) for each in found)
    return device, address


def _placed(values: Ints, at: Ints, size: int) -> Ints:
    """Return a column of *size* with each of *values* at its place, -1 elsewhere."""
    found = np.full(size, -1, np.int64)
    found[at[at >= 0]] = values[at >= 0]
    return found


class _Facts(NamedTuple):
    """The phone, the number of the name without marks and the birth year of each person, -1 where it is not known."""

    phone: Ints
    name: Ints
    birth_year: Ints


def _read_facts(session: Session, keyring: Keyring, round: Round, people: RoundPeople) -> _Facts:
    query = select(IdText(Participant.id), IdText(Participant.person_id), Participant.sealed)
    query = query.where(Participant.person_id.is_not(None), *people_of(session, round))
    read, found = _reader(keyring), np.full((len(people.refs), 3), -1, np.int64)
    with closing(read_blocks(session, _keys_of(session, round, len(people.refs)))) as keys:
        wrapped_keys = _in_order(keys)
        for ids, persons, sealed in read_blocks(session, query):
            at = people.refs.places_of(IdColumn.of(ids))
            wrapped = wrapped_keys(persons)
            is_known = np.array(list(map(all, zip(wrapped, sealed, strict=True)))) & (people.entry[at] >= 0)
            columns = (compress(column, is_known.tolist()) for column in (_bytes_of(persons), wrapped, sealed))
            found[at[is_known]] = read(zip(*columns, strict=True))
    return _Facts(*found.T)


def _keys_of(session: Session, round: Round, people: int) -> Select[str, bytes]:
    query = select(IdText(PersonKey.id), PersonKey.wrapped)
    if is_most(session, PersonKey, people):
        return query
    make_room(session)
    return query.join(Participant, Participant.person_id == PersonKey.id).where(*people_of(session, round))


def _in_order(blocks: Iterator[Columns]) -> Callable[[Sequence[str]], list[bytes | None]]:
    """Return a function that gives the wrapped keys of persons by the texts of their ids; None where one was deleted.

    People and their keys are stored in about the same order, so that few keys wait in memory for their person.
    """
    waiting = dict[str, bytes]()

    def wrapped_keys(ids: Sequence[str]) -> list[bytes | None]:
        while not waiting.keys() >= set(ids):
            block = next(blocks, None)
            if block is None:
                break
            waiting.update(zip(*block, strict=True))
        return [waiting.pop(id, None) for id in ids]

    return wrapped_keys


def _bytes_of(ids: Sequence[str]) -> list[bytes]:
    packed = IdColumn.pack(ids)
    return [packed[at : at + 16] for at in range(0, len(packed), 16)]


def _reader(keyring: Keyring) -> Callable[[Iterable[tuple[bytes, bytes, bytes]]], Ints]:
    """Return a function that decrypts the facts of persons, from the id of their key, the wrapped key and what is
    sealed under it, into rows of `_Facts`.
    """
    unseal, numbers = opener_of_persons(keyring), _NameNumbers()

    def read(rows: Iterable[tuple[bytes, bytes, bytes]]) -> Ints:
        facts = json.loads(b"[%b]" % b",".join(unseal(rows)))  # one call for all of them
        if not facts:
            return np.zeros((0, 3), np.int64)
        names, phones, years = zip(*facts, strict=True)
        birth_year = ints(years)
        return np.stack(
            [
                ints([int(phone or -1) for phone in phones]),
                ints(list(map(numbers.__getitem__, names))),
                np.where(birth_year == NONE, -1, birth_year),
            ],
            axis=1,
        )

    return read


class _NameNumbers(dict[str | None, int]):
    """A number for each name as it was typed, the same for names that are equal without marks; -1 for an empty one."""

    def __init__(self) -> None:
        super().__init__(dict.fromkeys((None, ""), -1))
        self._folded = place_numbers()

    def __missing__(self, name: str) -> int:
        number = self[name] = self._folded[search_key(name)]
        return number


def paper_size(session: Session, round: Round) -> PaperSize:
    """Return the number of words and of questions that a participant of *round* reads, on average where each gets
    others.
    """
    questions = find_paper(session, round.id, round.paper_version).questions
    texts = [text for each in questions for text in (each.text, *(choice for _letter, choice in each.choices))]
    words, asked = sum(len(text.split()) for text in texts), round.asked
    return PaperSize(words * asked // max(1, len(questions)), asked)
