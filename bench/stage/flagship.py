"""The contest of the demo that public pages are pictured on, with codes that the scenes type."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.stage.instance import three_questions
from bench.stage.parts import publish, submit
from commune.models import Unit
from commune.operations import create_unit
from core import clock
from core.crypto import Keyring, new_code
from core.values.week import local_date, monday_of
from demo.people import FAMILIES, MEN, MEN_BETWEEN, WOMEN
from demo.today import MAIN, TIERS
from quiz.attempt.models import Attempt
from quiz.contest.models import Contest
from quiz.contest.operations.contest import ContestPlan, add_contest, set_questions
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.presets import PRESETS
from quiz.results.queries.result import find_result, list_standings

WEEK, PRIZE_RANK, OTHER_RANK = 2, 6, 19
VILLAGES = {
    "xã Lâm Bình": {"thôn Nặm Đíp": 24, "thôn Bản Kè": 17, "thôn Nà Khà": 12, "thôn Nặm Chá": 9, "thôn Phai Tre": 3},
    "xã Thượng Lâm": {"thôn Nà Tông": 19, "thôn Bản Bó": 14, "thôn Khau Đao": 8, "thôn Cốc Phát": 2},
}
"""Villages of two communes with their people in a contest, by commune."""


@dataclass(frozen=True)
class Flagship:
    """Addresses, the code of a person who has not entered yet, and receipts of papers with and without a prize."""

    slug: str
    own_unit: int
    code: str
    prize_receipt: str
    receipt: str
    villages: str


def build(session: Session, keyring: Keyring) -> Flagship:
    """Give known codes to people of the demo's contest, and create a contest of villages."""
    now = clock.now()
    contest = session.scalars(select(Contest).where(Contest.slug.startswith(MAIN))).one()
    home = next(each.unit for each in contest.units if each.unit.name == "xã Lâm Bình")
    code = new_code()
    who = Identity(name="Chẩu Thị Khuyên", phone="0712345001", birth_year=1988)
    register_participant(
        session, keyring, contest, who, unit_id=home.id, code=code, now=now, agreed=[Purpose.TAKING_PART]
    )
    villages = _villages(session, keyring, home, now)
    found = Flagship(
        slug=contest.slug,
        own_unit=home.id,
        code=code,
        prize_receipt=_receipt(session, keyring, contest, PRIZE_RANK),
        receipt=_receipt(session, keyring, contest, OTHER_RANK),
        villages=villages.slug,
    )
    session.commit()
    return found


def _receipt(session: Session, keyring: Keyring, contest: Contest, rank: int) -> str:
    """Return a new receipt of the paper at this rank of a published week."""
    round = contest.rounds[WEEK - 1]
    result = find_result(session, round)
    assert result is not None
    row = next(row for row in list_standings(session, result) if row.rank >= rank)
    attempt = session.scalars(
        select(Attempt).where(Attempt.participant_id == row.participant_id, Attempt.round_id == round.id)
    ).one()
    receipt = new_code()
    attempt.receipt_hash = keyring.mac("attempt-receipt", receipt)
    return receipt


def _villages(session: Session, keyring: Keyring, home: Unit, now: datetime) -> Contest:
    """Create a contest of one week for villages of two communes."""
    hazard = random.Random(11)
    communes = {
        name: session.scalars(select(Unit).where(Unit.name == name, Unit.parent_id == home.parent_id)).one()
        for name in VILLAGES
    }
    people = {
        create_unit(
            session,
            code=f"98{at}{place:02}",
            kind="village",
            name=village,
            valid_from=date(2025, 7, 1),
            parent=communes[name],
        ): count
        for at, (name, inside) in enumerate(VILLAGES.items())
        for place, (village, count) in enumerate(inside.items())
    }
    plan = ContestPlan(
        slug="thon-ban-an-toan",
        title="Thôn bản an toàn, không ma túy",
        organiser="Ban Tổ chức cuộc thi xã Lâm Bình",
        rules=PRESETS["lam-binh"],
        first_day=monday_of(local_date(now)) - timedelta(weeks=2),
        weeks=1,
        limit_seconds=900,
        tiers=TIERS,
        hotline="0207 000 0000",
        is_illustrative=True,
    )
    contest = add_contest(session, communes["xã Lâm Bình"], list(people), plan)
    round = contest.rounds[0]
    set_questions(session, round, three_questions(), now=round.opens_at - timedelta(days=1))
    for at, unit in enumerate(unit for unit, count in people.items() for _ in range(count)):
        began = round.opens_at + timedelta(minutes=hazard.randrange(60, 9_000))
        name = f"{hazard.choice(list(FAMILIES))} {hazard.choice(MEN_BETWEEN)} {hazard.choice(MEN + WOMEN)}"
        who = Identity(name=name, phone=f"07120{at:05}", birth_year=1960 + at % 45)
        person = register_participant(
            session,
            keyring,
            contest,
            who,
            unit_id=unit.id,
            code=new_code(),
            now=began,
            agreed=[Purpose.TAKING_PART, Purpose.NAMED],
        )
        submit(
            session,
            keyring,
            round,
            person,
            started_at=began,
            seconds=90 + 5 * at,
            receipt=new_code(),
            correct=hazard.choice([3, 3, 2, 1]),
            guess=hazard.randrange(20, 70),
        )
    publish(session, round)
    return contest
