"""Contests between villages whose headcounts are corrected or exceeded before prizes of units, and one with a roster of
which a line fits two people. Every person is invented.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.operations.audit import Actor
from account.queries.account import find_account
from bench.stage.desk import hand_in
from bench.stage.instance import QUESTIONS, Stage
from bench.stage.parts import confirm_winners, province_with_communes, publish, question
from commune.models import Headcount, Unit
from commune.operations import create_unit
from core import clock
from core.crypto import Keyring, new_code
from core.jobs.models import Job, State
from core.jobs.queue import Order, enqueue
from core.values.week import local_date, monday_of
from quiz.contest.models import Contest
from quiz.contest.operations.contest import ContestPlan, add_contest, set_questions
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.operations.roster_import import import_roster, listed
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.presets import PRESETS, Eligibility
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.results.jobs import line_confirmed

CORRECTED, OVER, ROSTER = "thon-ban-so", "thon-ban-xanh", "can-bo-hoc-luat"
AS_OF = date(2026, 1, 1)
SOURCE = "Công an xã Phiêng Luông (minh họa)"
ENTERED = {"thôn Khau Cau": (310, 31), "thôn Nà Cóc": (248, 22), "thôn Phiêng Ten": (190, 9), "thôn Cốc Nghè": (156, 4)}
"""Villages with their headcount and the people who take part."""
MISTYPED = {"thôn Khau Cau": 130}
EXCEEDED = {"thôn Lũng Mới": (104, 109), "thôn Nà Sái": (262, 24), "thôn Bản Phướng": (118, 7)}
"""Villages of a contest in which one headcount is too low."""
SAME_NAME = "Nông Văn Hùng"
TITLE = "Xác nhận người trên danh sách dự thi của cuộc thi “%(contest)s”"
KIND = "stage.line"
"""The kind of jobs that no worker knows, so that they stay as they are."""


@dataclass(frozen=True)
class Villages:
    """The ids of jobs that confirm a line of the roster: one that runs, one that is done."""

    running: str
    done: str


def build(session: Session, keyring: Keyring) -> Villages:
    """Add the contests to a stage that is built already."""
    now = clock.now()
    province, units = province_with_communes(session)
    me = find_account(session, Stage.organiser)
    assert me is not None
    commune = create_unit(
        session, code="99021", kind="commune", name="xã Phiêng Luông", valid_from=date(2025, 7, 1), parent=province
    )
    _correctable(session, keyring, commune, now)
    _exceeded(session, keyring, commune, now)
    rostered = _rostered(session, keyring, province, units, Actor("account", me.id), now)
    session.commit()
    return rostered


def _correctable(session: Session, keyring: Keyring, commune: Unit, now: datetime) -> None:
    """Create a contest whose last round is not published, with a headcount that was mistyped and is mended since."""
    villages = _villages(session, commune, "1", {name: count for name, (count, _people) in ENTERED.items()} | MISTYPED)
    title, first = "Thôn, bản chuyển đổi số", monday_of(local_date(now)) - timedelta(weeks=2)
    contest = _contest(session, commune, list(villages.values()), CORRECTED, title, first, weeks=2)
    people = {villages[name]: people for name, (_count, people) in ENTERED.items()}
    _fill(session, keyring, contest, people)
    publish(session, contest.rounds[0])
    confirm_winners(session, contest.rounds[1])
    for name in MISTYPED:
        session.get_one(Headcount, (villages[name].id, AS_OF)).people = ENTERED[name][0]


def _exceeded(session: Session, keyring: Keyring, commune: Unit, now: datetime) -> None:
    """Create a contest that is over, in which a village has more people than inhabitants."""
    villages = _villages(session, commune, "2", {name: count for name, (count, _people) in EXCEEDED.items()})
    title, first = "Thôn, bản xanh, sạch, đẹp", monday_of(local_date(now)) - timedelta(weeks=3)
    contest = _contest(session, commune, list(villages.values()), OVER, title, first, weeks=1)
    _fill(session, keyring, contest, {villages[name]: people for name, (_count, people) in EXCEEDED.items()})
    publish(session, contest.rounds[0])


def _villages(session: Session, commune: Unit, group: str, counts: Mapping[str, int]) -> dict[str, Unit]:
    """Create villages of *commune* with their headcounts; return them by name."""
    found = {}
    for at, (name, people) in enumerate(counts.items()):
        code, since = f"9702{group}{at:02}", date(2025, 7, 1)
        found[name] = create_unit(session, code=code, kind="village", name=name, valid_from=since, parent=commune)
        session.add(Headcount(unit_id=found[name].id, as_of=AS_OF, people=people, source=SOURCE))
    session.flush()
    return found


def _contest(
    session: Session, commune: Unit, villages: list[Unit], slug: str, title: str, first: date, weeks: int
) -> Contest:
    plan = ContestPlan(
        slug=slug,
        title=title,
        organiser="Ban Tổ chức cuộc thi xã Phiêng Luông",
        first_day=first,
        rules=PRESETS["lam-binh"],
        weeks=weeks,
        limit_seconds=900,
        tiers=[Tier("Giải Nhất", 1, 300_000), Tier("Giải Nhì", 2, 200_000)],
        collective=[Tier("Giải Nhất tập thể", 1, 1_000_000), Tier("Giải Nhì tập thể", 1, 500_000)],
        terms=PrizeTerms(measure=CollectiveMeasure.RATE),
        hotline="0207 000 0000",
        is_illustrative=True,
    )
    contest = add_contest(session, commune, villages, plan)
    for round in contest.rounds:
        asked = [question(*each) for each in QUESTIONS]
        set_questions(session, round, asked, now=round.opens_at - timedelta(days=1))
    return contest


def _fill(session: Session, keyring: Keyring, contest: Contest, people: Mapping[Unit, int]) -> None:
    """Let as many *people* of each village take part in every round."""
    hazard = random.Random(37)
    begins = contest.rounds[0].opens_at
    for at, unit in enumerate(unit for unit, count in people.items() for _ in range(count)):
        who = Identity(name=f"Lù Thị {('Mai', 'Sính', 'Dở')[at % 3]}", phone=f"09782{at:05}", birth_year=1950 + at % 50)
        person = _register(session, keyring, contest, who, unit, begins)
        for round in contest.rounds:
            hand_in(session, keyring, round, person, hazard)


def _register(session: Session, keyring: Keyring, contest: Contest, who: Identity, unit: Unit, at: datetime):  # type: ignore[no-untyped-def]
    return register_participant(
        session,
        keyring,
        contest,
        who,
        unit_id=unit.id,
        code=new_code(),
        now=at,
        agreed=[Purpose.TAKING_PART, Purpose.NAMED],
    )


def _rostered(
    session: Session, keyring: Keyring, province: Unit, units: list[Unit], actor: Actor, now: datetime
) -> Villages:
    """Create a contest with a roster without telephones, of which a line fits two people of one name and year."""
    plan = ContestPlan(
        slug=ROSTER,
        title="Cán bộ, công chức học Luật Cán bộ, công chức",
        organiser="Sở Nội vụ tỉnh Tuyên Quang",
        first_day=monday_of(local_date(now)) - timedelta(weeks=1),
        rules=replace(PRESETS["lam-binh"], shuffles=True, eligibility=Eligibility.ROSTER),
        weeks=1,
        limit_seconds=900,
        tiers=[Tier("Giải Nhất", 1, 500_000)],
    )
    contest = add_contest(session, province, units, plan)
    round = contest.rounds[0]
    set_questions(session, round, [question(*each) for each in QUESTIONS], now=round.opens_at - timedelta(days=1))
    known = [Identity(name, "", 1985) for name in (SAME_NAME, "Ma Thị Lan", "Quan Văn Dũng", "Chẩu Thị Mai")]
    rows = [listed(keyring, contest.id, who, units[0].id, "") for who in known]
    import_roster(session, actor, contest, rows, False, {"people": len(rows)}, now=round.opens_at)
    hazard = random.Random(41)
    for at, who in enumerate([known[0], *known]):
        caller = replace(who, phone=f"09783{at:05}")
        person = _register(
            session, keyring, contest, caller, units[max(0, at - 1)], round.opens_at + timedelta(hours=at + 1)
        )
        hand_in(session, keyring, round, person, hazard)
    title = TITLE % {"contest": contest.title}
    return Villages(*(_job(session, keyring, title, actor, province, is_done, now) for is_done in (False, True)))


def _job(session: Session, keyring: Keyring, title: str, actor: Actor, unit: Unit, is_done: bool, now: datetime) -> str:
    """Keep a job as its worker left it: running, or done with its sentence."""
    at = now - timedelta(minutes=2)
    id = enqueue(session, keyring, Order(KIND, title, actor.owner, unit.id), now=at, id=uuid.uuid4())
    job = session.scalars(select(Job).where(Job.id == id)).one()
    job.attempts, job.started_at, job.state = 1, at + timedelta(seconds=3), State.RUNNING
    job.token, job.lease_until = uuid.uuid4(), now + timedelta(days=1)
    if is_done:
        job.state, job.ended_at = State.DONE, at + timedelta(seconds=41)
        job.said, job.token, job.lease_until = line_confirmed([]), None, None
    return str(id)
