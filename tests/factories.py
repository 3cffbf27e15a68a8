"""Factories of rows that are valid by default; a test names only what it is about."""

import functools
import itertools
import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from account.models import Account
from account.operations.account import build_account
from account.operations.password import hash_password
from account.rules.permissions import Role
from commune.models import Office, Unit
from commune.operations import create_unit
from commune.operations.offices import create_office
from core import clock
from core.crypto import Keyring, new_code
from core.values.week import local_date, monday_of
from quiz.attempt.models import Attempt
from quiz.attempt.operations.attempt import Submission, start_attempt, submit_attempt
from quiz.attempt.queries.attempt import find_attempt
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.contest import ContestPlan, QuestionText, add_contest, set_questions
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.presets import PRESETS
from quiz.contest.rules.prizes import Tier
from survey.counter.models import Counter
from survey.counter.operations.counters import add_counter

MONDAY = datetime(2026, 6, 1, 0, 0, tzinfo=UTC) - timedelta(hours=7)
"""A Monday, 00:00 in Vietnam, when round 1 of a contest made here opens."""
PASSWORD = "bon lua mua nay"
_numbers = itertools.count(1)


def make_unit(
    session: Session, *, name: str = "xã Lâm Bình", code: str = "", kind: str = "commune", parent=None
) -> Unit:
    return create_unit(
        session, code=code or f"{next(_numbers):05}", kind=kind, name=name, valid_from=date(2025, 7, 1), parent=parent
    )


def make_office(
    session: Session, *, unit: Unit | None = None, name: str = "Trung tâm Phục vụ hành chính công xã Lâm Bình"
) -> Office:
    host = "Ủy ban Mặt trận Tổ quốc xã"
    return create_office(session, unit or make_unit(session), slug=f"co-quan-{next(_numbers)}", name=name, host=host)


def make_counter(session: Session, *, office: Office | None = None, number: int = 2, name: str = "Đất đai") -> Counter:
    return add_counter(session, office or make_office(session), number=number, name=name, today=MONDAY.date())


def this_monday() -> date:
    """Return the first day of a contest whose first week is open now, on every day of the week."""
    return monday_of(local_date(clock.now()))


def make_contest(
    session: Session,
    *,
    unit: Unit | None = None,
    units: Sequence[Unit] = (),
    preset: str = "lam-binh",
    weeks: int = 2,
    questions: int = 3,
    tiers: Sequence[Tier] = (Tier("Giải Nhất", 1), Tier("Giải Nhì", 2)),
    first_day: date = date(2026, 6, 1),
    people_per_phone: int = 4,
    blocs: Sequence[str] = (),
    **declared: object,
) -> Contest:
    unit = unit or make_unit(session)
    plan = ContestPlan(
        slug=f"cuoc-thi-{next(_numbers)}", title="Tìm hiểu cải cách hành chính", organiser="Ban Tổ chức", tiers=tiers,
        rules=replace(PRESETS[preset], **declared), first_day=first_day, weeks=weeks, limit_seconds=600,
        blocs=blocs,
    )  # fmt: skip
    contest = add_contest(session, unit, units or [unit], plan)
    contest.people_per_phone = people_per_phone
    for round in contest.rounds:
        set_questions(session, round, make_questions(questions), now=round.opens_at - timedelta(days=1))
    return contest


def make_questions(count: int) -> list[QuestionText]:
    """Return questions whose right choice is always A."""
    choices = [("A", "Đúng", True), ("B", "Sai", False), ("C", "Cũng sai", False)]
    return [QuestionText(f"Câu hỏi số {number}?", choices, "Căn cứ số 1") for number in range(1, count + 1)]


def make_participant(
    session: Session,
    keyring: Keyring,
    contest: Contest,
    *,
    name: str = "Nguyễn Văn An",
    phone: str = "",
    birth_year: int = 1964,
    unit: Unit | None = None,
    code: str = "",
    now: datetime = MONDAY,
    agreed: Collection[Purpose] = (Purpose.TAKING_PART, Purpose.NAMED),
    bloc: int | None = None,
) -> Participant:
    identity = Identity(
        name=name, phone=phone or f"0912{next(_numbers) * 97_713 % 1_000_000:06}", birth_year=birth_year
    )
    unit_id = unit.id if unit else contest.units[0].unit_id
    return register_participant(
        session, keyring, contest, identity, unit_id=unit_id, code=code or new_code(), now=now, agreed=agreed, bloc=bloc
    )


def make_attempt(
    session: Session,
    keyring: Keyring,
    round: Round,
    *,
    participant: Participant | None = None,
    correct: int | None = None,
    seconds: float = 120,
    guess: int | None = 10,
    started_at: datetime | None = None,
    receipt: str = "",
) -> Attempt:
    """Create a submitted attempt with *correct* right answers, by default all."""
    participant = participant or make_participant(session, keyring, round.contest)
    started_at = started_at or round.opens_at + timedelta(hours=9)
    attempt = start_attempt(session, round, participant, now=started_at)
    session.flush()
    found = find_attempt(session, attempt.id)
    assert found is not None
    right = len(round.questions) if correct is None else correct
    answers = {each.ref: frozenset("A" if each.position <= right else "B") for each in round.questions}
    submission = Submission(answers, guess, receipt or new_code())
    submit_attempt(session, keyring, found, submission, now=started_at + timedelta(seconds=seconds))
    session.expire_all()
    return session.get_one(Attempt, found.id)


def make_account(
    session: Session, *, role: Role = Role.ORGANISER, unit: Unit | None = None, email: str = ""
) -> Account:
    account = build_account(
        email=email or f"{uuid.uuid4().hex[:8]}@lang-nghe.example", name="Trần Thị Bình", role=role,
        unit=unit or make_unit(session), now=MONDAY,
    )  # fmt: skip
    account.password_hash = _hash_of(PASSWORD)
    session.add(account)
    session.flush()
    return account


_hash_of = functools.cache(hash_password)
"""Hashing is slow on purpose, so it is done once per process for all accounts of the tests."""
