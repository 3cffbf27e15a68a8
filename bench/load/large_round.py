"""Fill a round with any number of people and papers, in bulk without the operations: names and telephone numbers under
their own keys, devices and addresses, as the close meets them.
"""

import json
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from bench.load import crowded
from core.bulk import insert_columns
from core.crypto import Keyring
from core.person_keys import Person, PersonKey, key_values
from core.values.week import local_date
from core.web.extensions import db
from quiz.attempt.models import AnswerSheet, Attempt, AttemptEvidence, Entry, Tally
from quiz.attempt.rules.commitment import canonical
from quiz.contest.models import Participant, Round

AT_ONCE = 50_000
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Ma", "Lý", "Đặng", "Bàn", "Vũ", "Triệu", "Hà", "Quan", "Nông")
MIDDLE = ("Thị", "Văn", "Thanh", "Minh", "Ngọc", "Đức", "Thu", "Xuân", "Hữu", "Kim", "Quang", "Bích")
GIVEN = (
    "An",
    "Bình",
    "Chiến",
    "Dung",
    "Giang",
    "Hạnh",
    "Hùng",
    "Khôi",
    "Lan",
    "Mẩy",
    "Nga",
    "Oanh",
    "Phúc",
    "Quỳnh",
    "Sơn",
    "Thảo",
    "Tuấn",
    "Uyên",
    "Vinh",
    "Yến",
)
SKILLS = (0.6, 0.8, 0.9, 0.97)
HOMES, CROWD = 0.6, 300
"""The share of people at home, who are few behind an address; the others are so many behind one."""

Row = dict[str, Any]


def fill(round: Round, entries: int, keyring: Keyring | None = None) -> None:
    """Give *round* so many people with a paper each, and their tally; without a *keyring* they have no names, and no
    paper a device or an address.
    """
    hazard, cells = random.Random(7), Counter[tuple[int, date, str]]()
    units = [each.unit_id for each in round.contest.units]
    for start in range(0, entries, AT_ONCE):
        some = min(AT_ONCE, entries - start)
        people = [_person(round, hazard, units, keyring) for _ in range(some)]
        papers = [_paper(round, hazard, person, entries, cells) for person, _key in people]
        if keyring is not None:
            _insert(PersonKey, [key for _person, key in people if key])
            _insert(Participant, [person for person, _key in people])
            _insert(Attempt, [attempt for attempt, _sheet, _entry in papers])
            _insert(AttemptEvidence, [_evidence(hazard, attempt, entries) for attempt, _sheet, _entry in papers])
        else:
            _insert(Participant, [person for person, _key in people])
            _insert(Attempt, [attempt for attempt, _sheet, _entry in papers])
        _insert(AnswerSheet, [sheet for _attempt, sheet, _entry in papers])
        _insert(Entry, [entry for _attempt, _sheet, entry in papers])
    days = sorted({(unit, day) for unit, day, _what in cells})
    amounts = [
        {"bloc": 0} | {what: cells[unit, day, what] for what in ("turns", "people", "perfect")} for unit, day in days
    ]
    where = [{"round_id": round.id, "unit_id": unit, "day": day.isoformat()} for unit, day in days]
    _insert(Tally, [place | amount for place, amount in zip(where, amounts, strict=True)])


def _insert(model: Any, rows: Sequence[Mapping[str, Any]]) -> None:
    insert_columns(db.session, model, {name: [row[name] for row in rows] for name in rows[0]})


def _person(round: Round, hazard: random.Random, units: Sequence[int], keyring: Keyring | None) -> tuple[Row, Row]:
    """Return the row of a participant and of their key."""
    sealed, key = hazard.randbytes(80), Row()
    if keyring is not None:
        sealed, key = _sealed(hazard, keyring, hazard.randbytes)
    return {
        "id": _id(hazard),
        "contest_id": round.contest_id,
        "unit_id": hazard.choice(units),
        "person_id": key.get("id"),
        "identity_hash": hazard.randbytes(32),
        "phone_hash": hazard.randbytes(32),
        "phone_slot": 1,
        "code_hash": hazard.randbytes(32),
        "sealed": sealed,
        "may_be_child": False,
        "registered_at": round.opens_at,
        "name_version": 2,
        "is_rehearsal": False,
    }, key


def _sealed(hazard: random.Random, keyring: Keyring, random: Callable[[int], bytes]) -> tuple[bytes, Row]:
    """Return the sealed facts of a person, and the row of their key."""
    name = " ".join(map(hazard.choice, (FAMILY, MIDDLE, GIVEN)))
    phone = f"09{hazard.randrange(10**8):08}"
    person = Person(UUID(_id(hazard)), random(32), random(16))
    facts = person.seal(json.dumps([name, phone, hazard.randrange(1940, 2012)], ensure_ascii=False), random=random)
    return facts, key_values(keyring, person, random=random) | {"id": str(person.id)}


def _paper(
    round: Round, hazard: random.Random, person: Row, entries: int, cells: Counter[tuple[int, date, str]]
) -> tuple[Row, Row, Row]:
    """Return the rows of a paper, of its answers and of its entry; most answers are right. Adds to *cells*."""
    key = {question.ref: min(question.key) for question in round.questions}
    span = (round.closes_at - round.opens_at) - timedelta(hours=1)
    begun, took, skill = (
        round.opens_at + span * hazard.random(),
        hazard.randrange(60_000, 600_000),
        hazard.choice(SKILLS),
    )
    given = {ref: [letter if hazard.random() < skill else hazard.choice("ABCD")] for ref, letter in key.items()}
    right = sum(chosen == [key[ref]] for ref, chosen in given.items())
    submitted, attempt, guess = begun + timedelta(milliseconds=took), _id(hazard), hazard.randrange(entries)
    for what, by in (("turns", 1), ("people", 1), ("perfect", int(right == len(key)))):
        cells[person["unit_id"], local_date(submitted), what] += by
    paper = {
        "id": attempt,
        "round_id": round.id,
        "participant_id": person["id"],
        "ordinal": 1,
        "mode": "self",
        "started_at": begun,
        "deadline_at": begun + timedelta(minutes=15),
        "submitted_at": submitted,
        "duration_ms": took,
        "correct": right,
        "receipt_hash": hazard.randbytes(32),
        "person_commitment": hazard.randbytes(32),
        "answers_commitment": hazard.randbytes(32),
    }
    sheet = {
        "attempt_id": attempt,
        "answers": canonical(given),
        "format": 2,
        "guess": guess,
        "salt": hazard.randbytes(16),
    }
    entry = {"round_id": round.id, "participant_id": person["id"], "attempt_id": attempt, "guess": guess}
    return paper, sheet, entry


def _evidence(hazard: random.Random, attempt: Row, entries: int) -> Row:
    """Return the evidence of an attempt: homes of a few, and halls, schools and carriers of hundreds."""
    is_home = hazard.random() < HOMES
    place = (
        f"home {hazard.randrange(entries // 3 + 1)}" if is_home else f"hall {hazard.randrange(entries // CROWD + 1)}"
    )
    device = hazard.randbytes(32) if hazard.random() < 0.9 else hazard.randrange(entries).to_bytes(32, "big")
    return {
        "attempt_id": attempt["id"],
        "device_hash": device,
        "address_hash": place.ljust(32).encode(),
        "begun_at": attempt["started_at"],
    }


def _id(hazard: random.Random) -> str:
    return str(crowded.random_id(hazard))
