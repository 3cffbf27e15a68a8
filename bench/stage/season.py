"""Contests of the stage with prizes for the whole contest: one that is decided, one with calls and a draw to come."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account
from account.operations.audit import SYSTEM
from bench.stage.parts import confirm_winners, question, submit
from commune.models import Unit
from core.crypto import Keyring, new_code
from core.values.week import local_date, monday_of
from quiz.awards.operations.season import check_season, decide_season
from quiz.awards.operations.season_calls import confirm_season, miss_season, open_season_contacts
from quiz.awards.queries.certificate import season_code
from quiz.awards.queries.season import draft_season
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.contest import ContestPlan, add_contest, set_questions
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.presets import PRESETS, Ties
from quiz.contest.rules.prizes import Tier
from quiz.results.operations.closing import mark_published

NAMES = ("Giàng A Páo", "Hoàng Thị Mẩy", "Nông Văn Sơn", "Triệu Thị Dung", "Ma Văn Chiến", "Bàn Thị Khuyên")
SECONDS = (100, 120, 150, 150, 150, 210)
RIGHT = ((3, 3, 3, 3, 3, 2), (3, 3, 2, 2, 2, 1))
"""The right answers of each person in odd weeks and in even ones."""
WEEKLY = (Tier("Giải Nhất", 1, 500_000),)
SEASON = (
    Tier("Giải Nhất chung cuộc", 1, 3_000_000),
    Tier("Giải Nhì chung cuộc", 1, 2_000_000),
    Tier("Giải Ba chung cuộc", 2, 1_000_000),
)


@dataclass(frozen=True)
class SeasonContests:
    """The address of the decided contest, its certificate's code and its winner's receipt, and the one that waits."""

    done: str
    certificate: str
    receipt: str
    waiting: str


def build_season(
    session: Session, keyring: Keyring, province: Unit, units: list[Unit], now: datetime
) -> SeasonContests:
    """Create a contest whose prizes are decided, and one in which somebody is to be called and others are equal."""
    done = _contest(
        session, province, units, "chung-suc-nong-thon", "Chung sức xây dựng nông thôn mới", 3, Ties.SHARE, now
    )
    receipt = _held(session, keyring, done)
    _call_all(session, keyring, done, now)
    seen = check_season(session, done, now=now)
    decision = decide_season(session, SYSTEM, done, seen=seen, reason="", now=now)
    waiting = _contest(
        session, province, units, "dich-vu-cong-chung-cuoc", "Tìm hiểu dịch vụ công trực tuyến", 2, Ties.DRAW, now
    )
    _held(session, keyring, waiting)
    second = _opened(session, waiting, now)[0]
    miss_season(session, keyring, SYSTEM, waiting, second, now=now - timedelta(hours=2))
    return SeasonContests(done.slug, season_code(keyring, decision.awards[0]), receipt, waiting.slug)


def _contest(
    session: Session, unit: Unit, units: list[Unit], slug: str, title: str, weeks: int, ties: Ties, now: datetime
) -> Contest:
    plan = ContestPlan(
        slug=slug,
        title=title,
        organiser="Sở Nội vụ tỉnh Tuyên Quang",
        first_day=monday_of(local_date(now)) - timedelta(weeks=weeks + 1),
        weeks=weeks,
        rules=replace(PRESETS["guess"], ties=ties, call_days=3),
        limit_seconds=600,
        hotline="0207 3 822 456",
        is_illustrative=True,
        tiers=WEEKLY,
        season=SEASON,
    )
    contest = add_contest(session, unit, units[:4], plan)
    asked = [
        question(f"Câu {n}: nộp hồ sơ trực tuyến ở đâu?", ("Cổng Dịch vụ công quốc gia", "Zalo", "Facebook"), "Luật.")
        for n in (1, 2, 3)
    ]
    for round in contest.rounds:
        set_questions(session, round, asked, now=round.opens_at - timedelta(days=1))
    return contest


def _held(session: Session, keyring: Keyring, contest: Contest) -> str:
    """Let everybody take part in every round, and publish it; return the receipt of the first one's last paper."""
    start = contest.rounds[0].opens_at + timedelta(hours=8)
    people = [_person(session, keyring, contest, place, start) for place in range(len(NAMES))]
    receipts = [new_code() for _ in contest.rounds]
    for round, receipt in zip(contest.rounds, receipts, strict=True):
        _fill(session, keyring, round, people, receipt)
        confirm_winners(session, round)
        mark_published(session, round, now=round.closes_at + timedelta(hours=11))
    return receipts[-1]


def _person(session: Session, keyring: Keyring, contest: Contest, place: int, at: datetime) -> Participant:
    who = Identity(name=NAMES[place], phone=f"0976{place}{len(contest.slug):02}551", birth_year=1980 + place)
    return register_participant(
        session,
        keyring,
        contest,
        who,
        unit_id=contest.units[place % 4].unit_id,
        code=new_code(),
        now=at,
        agreed=[Purpose.TAKING_PART, Purpose.NAMED] if place != 1 else [Purpose.TAKING_PART],
    )


def _fill(session: Session, keyring: Keyring, round: Round, people: Sequence[Participant], receipt: str) -> None:
    for place, person in enumerate(people):
        submit(
            session,
            keyring,
            round,
            person,
            started_at=round.opens_at + timedelta(hours=9 + place),
            seconds=SECONDS[place],
            receipt=receipt if place == 0 else new_code(),
            correct=RIGHT[(round.number - 1) % 2][place],
            guess=5 + place,
        )


def _opened(session: Session, contest: Contest, now: datetime) -> list[uuid.UUID]:
    """Open the numbers for the first account, and return the people who wait for a call."""
    account = session.scalars(select(Account.id).limit(1)).one()
    before = now - timedelta(hours=25)
    open_season_contacts(session, SYSTEM, contest, account_id=account, reason="Gọi xác nhận", now=before)
    draft = draft_season(session, contest, now)
    return [seat.participant_id for seat in draft.pending] if draft else []


def _call_all(session: Session, keyring: Keyring, contest: Contest, now: datetime) -> None:
    for person in _opened(session, contest, now):
        confirm_season(session, keyring, SYSTEM, contest, person, now=now)
