"""Build a commune's instance with any number of rows, inserted in bulk without the operations."""

import random
import uuid
from collections import Counter as Count
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import insert, select, text

from account.models import Account, AuditEntry, Grant
from account.rules.permissions import Role
from bench.console import COUNTERS, rate
from commune.models import Succession, Unit
from commune.operations import create_unit
from core.values.week import local_date
from core.web.extensions import db
from quiz.attempt.models import Attempt, Entry, Tally
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.models import Result, StandingRow
from quiz.results.operations.people import keep_people
from survey.counter.rules.actions import SurveyAction
from tests.factories import make_account, make_contest, make_counter, make_office

AT_ONCE, OLD_UNITS, RARE = 20_000, 10, 5
OLD, MERGED = date(2004, 7, 1), date(2025, 7, 1)
STAFF = (Role.ADMINISTRATOR, Role.ORGANISER, Role.MANAGER, Role.INSPECTOR)
OFFICE, RARE_ACTION = "co-quan", QuizAction.ROUND_PUBLISH
BEGUN = datetime(2025, 5, 6, 2, 0, tzinfo=UTC)


def build(rows: int) -> tuple[Account, Round]:
    """Fill the instance; return an account of its staff and a round that has ended and is not closed."""
    db.session.execute(text("PRAGMA foreign_keys=OFF"))
    db.session.execute(text("PRAGMA cache_size=-1000000"))
    province = create_unit(db.session, code="98", kind="province", name="tỉnh Tuyên Quang", valid_from=OLD)
    account = make_account(db.session, unit=province)
    account.grants = [Grant(role=role.value, unit_id=province.id) for role in STAFF]
    round = contest_of(province).rounds[0]
    _rate(province, rows)
    _submit(round, rows)
    _record(province, rows)
    db.session.commit()
    return account, round


def publish(round: Round) -> None:
    """Give *round* its standings and publish it."""
    at = round.closes_at + timedelta(hours=9)
    people = db.session.execute(select(Entry.participant_id, Entry.attempt_id).where(Entry.round_id == round.id)).all()
    db.session.add(
        Result(
            round_id=round.id, version=1, target=0, turns=len(people), people=len(people), perfect=0, differences=[],
            made_at=at,
        )
    )  # fmt: skip
    db.session.flush()
    insert_rows(
        StandingRow,
        (
            {
                "round_id": round.id, "version": 1, "position": at, "rank": at, "participant_id": person,
                "attempt_id": attempt, "correct": 3, "duration_ms": at, "guess": 10, "distance": 10,
                "submitted_at": BEGUN,
            }
            for at, (person, attempt) in enumerate(people, start=1)
        ),
    )  # fmt: skip
    keep_people(db.session, round.contest_id)
    round.closed_at = round.published_at = at
    db.session.commit()


def insert_rows(model: Any, rows: Iterable[dict[str, Any]]) -> None:
    """Insert *rows* of *model* in parts."""
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        db.session.execute(insert(model), some)


def contest_of(province: Unit, questions: int = 3) -> Contest:
    """Create a contest of communes that were merged, two into one, with so many *questions*."""
    new = [
        create_unit(db.session, code=f"n{at}", kind="commune", name=f"xã Mới {at}", valid_from=MERGED, parent=province)
        for at in range(OLD_UNITS // 2)
    ]
    old = [
        create_unit(
            db.session, code=f"o{at}", kind="commune", name=f"xã Cũ {at}", valid_from=OLD, valid_to=MERGED,
            parent=province,
        )
        for at in range(OLD_UNITS)
    ]  # fmt: skip
    db.session.add_all(Succession(old_id=unit.id, new_id=new[at // 2].id) for at, unit in enumerate(old))
    return make_contest(db.session, unit=province, units=old, weeks=1, first_day=date(2025, 5, 5), questions=questions)


def _rate(province: Unit, rows: int) -> None:
    office = make_office(db.session, unit=province)
    office.slug = OFFICE
    counters = [make_counter(db.session, office=office, number=at, name=name) for at, name in enumerate(COUNTERS, 1)]
    rate([counter.id for counter in counters], rows)


def _submit(round: Round, rows: int) -> None:
    """Insert a participant, an attempt and an entry for each row, and their tally."""
    hazard, units = random.Random(7), [each.unit_id for each in round.contest.units]
    ids = [(random_id(hazard), random_id(hazard), hazard.choice(units)) for _ in range(rows)]
    insert_rows(Participant, participants(round, hazard, ids))
    insert_rows(Attempt, _attempts(round, hazard, ids))
    insert_rows(Entry, ({"round_id": round.id, "participant_id": p, "attempt_id": a, "guess": 10} for p, a, _ in ids))
    counts = Count(unit for _, _, unit in ids)
    insert_rows(
        Tally,
        (
            {
                "round_id": round.id,
                "unit_id": unit,
                "bloc": 0,
                "day": local_date(BEGUN),
                "turns": n,
                "people": n,
                "perfect": n,
            }
            for unit, n in counts.items()
        ),
    )


Ids = list[tuple[uuid.UUID, uuid.UUID, int]]
"""Participant, attempt and unit."""


def participants(round: Round, hazard: random.Random, ids: Ids) -> Iterator[dict[str, Any]]:
    """Yield their rows, whose sealed data nothing opens."""
    for person, _, unit in ids:
        yield {
            "id": person, "contest_id": round.contest_id, "unit_id": unit, "identity_hash": hazard.randbytes(32),
            "phone_hash": hazard.randbytes(32), "phone_slot": 1, "code_hash": hazard.randbytes(32),
            "sealed": hazard.randbytes(80), "may_be_child": False, "registered_at": BEGUN,
        }  # fmt: skip


def _attempts(round: Round, hazard: random.Random, ids: Ids) -> Iterator[dict[str, Any]]:
    for person, attempt, _ in ids:
        yield {
            "id": attempt, "round_id": round.id, "participant_id": person, "ordinal": 1, "started_at": BEGUN,
            "deadline_at": BEGUN + timedelta(minutes=15), "submitted_at": BEGUN + timedelta(minutes=2),
            "duration_ms": 120_000, "correct": 3, "receipt_hash": hazard.randbytes(32),
            "person_commitment": hazard.randbytes(32), "answers_commitment": hazard.randbytes(32),
        }  # fmt: skip


def _record(province: Unit, rows: int) -> None:
    """Insert an audit trail of one action except for its oldest entries; its chain is not valid."""
    hazard = random.Random(7)
    insert_rows(
        AuditEntry,
        (
            {
                "number": at, "at": BEGUN + timedelta(seconds=at), "actor": "terminal",
                "action": (RARE_ACTION if at <= RARE else SurveyAction.COUNTER_REISSUE).value, "unit_id": province.id,
                "kind": "survey.counter", "subject_id": "1", "subject": "Quầy 1", "before": "{}", "after": "{}",
                "reason": "", "previous": hazard.randbytes(32), "hash": hazard.randbytes(32),
            }
            for at in range(1, rows + 1)
        ),
    )  # fmt: skip


def random_id(hazard: random.Random) -> uuid.UUID:
    """Return an id that *hazard* decides."""
    return uuid.UUID(int=hazard.getrandbits(128), version=4)
