"""The database rows of a sheet's people, made by the builders of a native submission and written together."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, insert

from core.clock import MILLISECOND
from core.crypto import new_code
from core.person_keys import PersonKey, key_values, new_person, open_person
from core.values.week import local_date
from quiz.attempt.models import UNDATED, AnswerSheet, Attempt, Entry
from quiz.attempt.operations.attempt import Author, Submission, attempt_values, bound_values, sheet_values
from quiz.attempt.operations.counting import COLUMNS
from quiz.attempt.operations.importing.context import RoundContext
from quiz.attempt.operations.importing.plan import Newcomer
from quiz.attempt.queries.paper_rows import EPOCH
from quiz.attempt.queries.sheet_turns import find_keys
from quiz.attempt.rules import commitment
from quiz.attempt.rules.counting import PersonCount, SubmittedAttempt, count_person, growth
from quiz.attempt.rules.sheet_turns import Turn
from quiz.contest.models import Participant, ParticipantWord
from quiz.contest.operations.registration import participant_values, word_hash, words_of

Values = list[dict[str, Any]]
Cells = Counter[tuple[int, date, int, str]]
"""The increments of a tally: (unit, day, bloc, column) → amount."""


@dataclass
class Rows:
    """Rows of a few hundred people, table by table, and their increments of the tally."""

    context: RoundContext
    cells: Cells
    known_words: dict[str, bytes]
    salts: Mapping[uuid.UUID, bytes] = field(default_factory=dict)
    keys: Values = field(default_factory=list)
    participants: Values = field(default_factory=list)
    words: Values = field(default_factory=list)
    attempts: Values = field(default_factory=list)
    sheets: Values = field(default_factory=list)
    entries: Values = field(default_factory=list)
    changed: Values = field(default_factory=list)

    def add(self, person: Newcomer) -> None:
        """Add one person: the participant if new, their turns, and the entry that counts now."""
        context, past = self.context, person.past
        author = self._author(person)
        held = list(past.held) if past else []
        last = past.last_ordinal if past else 0
        new: list[SubmittedAttempt] = [
            self._turn(turn, author, at) for at, turn in enumerate(person.turns, start=last + 1)
        ]
        before = count_person(held, context.rules, context.size) if held else None
        after = count_person([*held, *new], context.rules, context.size)
        self._count(author[0], after, has_entry=bool(past and past.entry))
        for day, amounts in growth(before, after).items():
            for column, amount in zip(COLUMNS, amounts, strict=True):
                self.cells[person.unit_id, day, person.bloc or 0, column] += amount

    def store(self) -> None:
        """Write the rows, those that others refer to first."""
        session = self.context.session
        tables = (
            (PersonKey, self.keys), (Participant, self.participants), (ParticipantWord, self.words),
            (Attempt, self.attempts), (AnswerSheet, self.sheets), (Entry, self.entries),
        )  # fmt: skip
        for model, rows in tables:
            if rows:
                session.execute(insert(model.__table__), rows)  # type: ignore[arg-type]
        if self.changed:
            table = Entry.__table__
            mine = (table.c.round_id == self.context.round.id) & (table.c.participant_id == bindparam("who"))
            new: dict[str, Any] = {"attempt_id": bindparam("counted"), "guess": bindparam("binding")}
            session.connection().execute(table.update().where(mine).values(new), self.changed)  # type: ignore[attr-defined]

    def _author(self, person: Newcomer) -> tuple[uuid.UUID, bytes]:
        """Return the participant and the salt of their commitments; new ones get codes that are given to no one."""
        if person.registered is not None:
            key = person.registered.person_id
            return person.registered.id, self.salts.get(key, b"") if key else b""
        keyring, contest_id = self.context.keyring, self.context.contest.id
        made, identity = new_person(), person.identity
        values = participant_values(
            keyring, contest_id, identity, made, unit_id=person.unit_id, code=new_code(), now=self.context.now
        )
        self.keys.append(key_values(keyring, made))
        self.participants.append(values | {"phone_slot": person.slot, "bloc": person.bloc})
        for word in words_of(identity.name):
            self.words.append({"participant_id": values["id"], "word_hash": self._word_hash(word)})
        return values["id"], made.salt

    def _word_hash(self, word: str) -> bytes:
        """Return the hash of a word; hashes are cached, since few words make up many names."""
        if word not in self.known_words:
            self.known_words[word] = word_hash(self.context.keyring, self.context.contest.id, word)
        return self.known_words[word]

    def _turn(self, turn: Turn, author: tuple[uuid.UUID, bytes], ordinal: int) -> SubmittedAttempt:
        """Return the attempt as if the paper had been submitted at its time; its receipt is given to no one."""
        round, entry = self.context.round, turn.entry
        moment_ms = self.context.window.last_ms if entry.submitted_ms is None else entry.submitted_ms
        at = EPOCH + moment_ms * MILLISECOND
        started = at - timedelta(milliseconds=entry.duration_ms or 0)
        values = attempt_values(round, author[0], ordinal=ordinal, now=started)
        chosen = commitment.read_answers(turn.answers)
        answers = {each.ref: frozenset(chosen.get(str(each.position), ())) for each in round.questions}
        answers = {question: letters for question, letters in answers.items() if letters}
        submission = Submission(answers, entry.guess, new_code())
        bound = bound_values(self.context.keyring, Author(values["id"], *author), submission)
        self.sheets.append(sheet_values(values["id"], submission, salt=bound.pop("salt")))
        stated = {"submitted_at": at, "duration_ms": entry.duration_ms, "correct": entry.correct}
        mode = UNDATED if entry.submitted_ms is None else "sheet"
        self.attempts.append(values | bound | stated | {"mode": mode})
        return SubmittedAttempt(replace(entry, ref=str(values["id"])), local_date(at), ordinal)

    def _count(self, participant_id: uuid.UUID, after: PersonCount, *, has_entry: bool) -> None:
        counted = uuid.UUID(after.entry.ref)
        if has_entry:
            self.changed.append({"who": participant_id, "counted": counted, "binding": after.guess})
        else:
            mine = {"round_id": self.context.round.id, "participant_id": participant_id}
            self.entries.append(mine | {"attempt_id": counted, "guess": after.guess})


def salts_of(context: RoundContext, people: Sequence[Newcomer]) -> dict[uuid.UUID, bytes]:
    """Return the salts of registered people who were not erased, by their key's id."""
    ids = [person.registered.person_id for person in people if person.registered and person.registered.person_id]
    return {id: open_person(context.keyring, row).salt for id, row in find_keys(context.session, ids).items()}
