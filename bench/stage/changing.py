"""A contest that changes while it runs: prizes and communes by amendment, and paper sheets in every state. Every person
is invented.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from account.models import Account
from account.operations.audit import Actor
from account.queries.account import find_account
from bench.stage.desk import COLLEAGUE, hand_in
from bench.stage.instance import QUESTIONS, Stage
from bench.stage.parts import drawn_unit, identity, province_with_communes, publish, question
from commune.models import Unit
from core import clock
from core.crypto import Keyring, new_code
from core.values.week import VIETNAM, local_date
from quiz.attempt.models import PaperSheet
from quiz.attempt.operations.paper_sheets import key_first, key_second
from quiz.attempt.operations.sheet_printing import print_sheets
from quiz.attempt.rules.keying import KeyedPaper
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.contest import ContestPlan, add_contest, set_questions
from quiz.contest.operations.registration import register_participant
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.plan import PlannedRound
from quiz.contest.rules.presets import PRESETS
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import Span

SLUG = "rung-dau-nguon"
REGISTERED = "2F4H8BCG7K3M9QXD"
"""The personal code of a person whom a paper sheet registered."""
TWICE = ("Sùng A Chứ", "0977126004", 1966)
"""The person on a sheet that waits for the second account."""
DAY = timedelta(days=1)
DAYS = ((-17, -10), (-9, -2), (-1, 6), (6, 13))
"""The first and the last day of each round, from today."""


def build(session: Session, keyring: Keyring) -> None:
    """Add the contest to a stage that has two organisers."""
    hazard, now = random.Random(31), clock.now()
    province, units = province_with_communes(session)
    keyers = [find_account(session, email) for email in (Stage.organiser, COLLEAGUE)]
    contest = _contest(session, province, units[:4], now)
    over, ended, open_round, _coming = contest.rounds
    for round, people in ((over, 28), (ended, 24), (open_round, 17)):
        for _ in range(people):
            person = _person(session, keyring, contest, hazard, round.opens_at)
            hand_in(session, keyring, round, person, hazard)
    publish(session, over)
    first, second = (each for each in keyers if each)
    _key(session, keyring, ended, (first, second), finished=5, waiting=3, now=ended.closes_at - timedelta(hours=5))
    _key(session, keyring, open_round, (second, first), finished=3, waiting=2, now=now - timedelta(hours=2))
    _give_code(session, keyring, open_round)
    session.commit()


def _contest(session: Session, province: Unit, units: Sequence[Unit], now: datetime) -> Contest:
    midnight = datetime.combine(local_date(now), time(), VIETNAM)
    spans = [Span(midnight + a * DAY, midnight + b * DAY, midnight + (b + 0.5) * DAY) for a, b in DAYS]
    plan = ContestPlan(
        slug=SLUG,
        title="Giữ rừng đầu nguồn",
        organiser="Ban Tổ chức Cuộc thi tỉnh Tuyên Quang",
        first_day=local_date(now),
        rules=replace(PRESETS["lam-binh"], shuffles=True),
        weeks=4,
        limit_seconds=900,
        summary="Mỗi đợt ba câu về bảo vệ rừng, phòng cháy và tiền dịch vụ môi trường rừng.",
        hotline="0207 3 822 456",
        tiers=[Tier("Giải Nhất", 1, 1_000_000), Tier("Giải Nhì", 2, 500_000), Tier("Giải Ba", 3, 300_000)],
        rounds=[PlannedRound(span, f"Đợt {number}") for number, span in enumerate(spans, 1)],
    )
    contest = add_contest(session, province, units, plan)
    for round in contest.rounds:
        set_questions(session, round, [question(*each) for each in QUESTIONS], now=round.opens_at - DAY)
    return contest


def _person(session: Session, keyring: Keyring, contest: Contest, hazard: random.Random, at: datetime) -> Participant:
    return register_participant(
        session,
        keyring,
        contest,
        identity(hazard, 2004),
        unit_id=drawn_unit(contest, hazard, [20, 14, 10, 8]),
        code=new_code(),
        now=at,
        agreed=[Purpose.TAKING_PART, Purpose.NAMED],
    )


def _key(
    session: Session,
    keyring: Keyring,
    round: Round,
    keyers: tuple[Account, Account],
    *,
    finished: int,
    waiting: int,
    now: datetime,
) -> None:
    """Print a dozen sheets of *round*: the first ones are *finished*, the next ones *waiting* for a second account."""
    first, second = (Actor("account", each.id) for each in keyers)
    for sheet in print_sheets(session, first, round, 12, now=now - DAY / 4)[: finished + waiting]:
        typed = _typed(round, sheet)
        key_first(session, keyring, keyers[0].id, sheet, typed, now=now)
        if sheet.number <= finished:
            key_second(session, keyring, second, sheet, typed, now=now)


def _typed(round: Round, sheet: PaperSheet) -> KeyedPaper:
    name, phone, year = TWICE if (round.number, sheet.number) == (3, 4) else _on_sheet(round, sheet.number)
    return KeyedPaper(
        name=name,
        phone=phone,
        birth_year=year,
        unit_id=round.contest.units[0].unit_id,
        agreed=[Purpose.TAKING_PART],
        answers={"1": "A", "2": "C", "3": "A"},
        guess=12 + sheet.number,
    )


def _on_sheet(round: Round, number: int) -> tuple[str, str, int]:
    """Return a person who has not registered before the sheet does."""
    families, givens = ("Vàng", "Thào", "Sùng", "Cư", "Lò", "Mã", "Lù", "Hạng"), ("Thị Mỷ", "A Sình", "Thị Chở")
    name = f"{families[number % len(families)]} {givens[number % len(givens)]}"
    return name, f"0977{round.number}250{number:02}", 1950 + number


def _give_code(session: Session, keyring: Keyring, round: Round) -> None:
    """Give a known code to the person whom the first sheet of *round* registered."""
    sheets = select(PaperSheet.asked_id).where(PaperSheet.round_id == round.id, PaperSheet.number == 1)
    mine = update(Participant).where(Participant.id == sheets.scalar_subquery())
    session.execute(mine.values(code_hash=keyring.mac("personal-code", REGISTERED)))
