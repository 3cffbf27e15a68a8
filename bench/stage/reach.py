"""A contest that is brought to its people: a roster, messages to those who agreed, sheets that were printed too early,
objections that are alike; and one that starts for everybody at once. Every person is invented.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from account.operations.audit import Actor
from account.queries.account import find_account
from bench.stage.desk import hand_in
from bench.stage.instance import QUESTIONS, Stage
from bench.stage.parts import drawn_unit, identity, province_with_communes, publish, question
from commune.models import Unit
from core import clock
from core.crypto import Keyring, new_code
from core.messages.models import Message
from core.values.week import VIETNAM, local_date
from quiz.attempt.models import Attempt
from quiz.attempt.operations.sheet_printing import print_sheets
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.contest import ContestPlan, QuestionText, add_contest, set_questions
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.operations.roster_import import import_roster, listed
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.plan import PlannedRound
from quiz.contest.rules.presets import PRESETS, Rules
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import Span
from quiz.contest.rules.terms import PrizeTerms
from quiz.outreach.models import AnnouncedPhone
from quiz.outreach.operations.announcement import FIRST, Links, Sending, Wording, announce, post_some, stop_number
from quiz.results.operations.objections import make_objection

SLUG, TOGETHER = "dat-dai-2024", "ngay-hoi-chuyen-doi-so"
AGREED = (Purpose.TAKING_PART, Purpose.NAMED, Purpose.REACHED)
DAY = timedelta(days=1)
ALIKE = (
    "Câu 2 có hai phương án đúng, xin Ban Tổ chức xem lại.",
    "Em chọn B ở câu 2, em nghĩ B cũng đúng ạ.",
    "Xin hỏi câu số 2: xã tôi vẫn nộp hồ sơ ở công an xã.",
    "Xin xem lại thời gian làm bài của tôi.",
    "Tôi khiếu nại câu 2.",
)
"""Four of the five name the same question."""
TROUBLE = "cong-tin.invalid đang bận (mã lỗi 503), gửi lại được"


@dataclass(frozen=True)
class Reach:
    """The values that scenes type: a waiting person's code, a phone, the digits that stop its texts."""

    waiting_code: str
    stop_phone: str
    stop_digits: str


def build(session: Session, keyring: Keyring) -> Reach:
    """Add both contests to a stage that is built already."""
    hazard, now = random.Random(13), clock.now()
    province, units = province_with_communes(session)
    me = find_account(session, Stage.__dataclass_fields__["organiser"].default)
    assert me is not None
    actor = Actor("account", me.id)
    contest = _contest(session, province, units, now)
    over, open_round, coming = contest.rounds
    known = [identity(hazard, 2004) for _ in range(42)]
    people = [_person(session, keyring, contest, hazard, who, over.opens_at) for who in known]
    for person in people[:30]:
        hand_in(session, keyring, over, person, hazard)
    publish(session, over)
    for person in people[20:]:
        hand_in(session, keyring, open_round, person, hazard)
    _list_people(session, keyring, contest, list(zip(known, people, strict=True))[::2], actor, now)
    _object(session, keyring, over, now)
    print_sheets(session, actor, coming, 12, now=now)
    set_questions(session, coming, _questions(["Cấp xã", "Cấp huyện", "Cấp tỉnh"]), now=now)
    phone = _announce(session, keyring, contest, actor, open_round, now)
    waiting = _together(session, keyring, province, units, now)
    session.commit()
    return Reach(waiting, phone, stop_number(keyring, contest.id, phone))


def _contest(session: Session, province: Unit, units: list[Unit], now: datetime) -> Contest:
    midnight = datetime.combine(local_date(now), time(), VIETNAM)
    spans = [
        Span(midnight + from_day * DAY, midnight + to_day * DAY, midnight + (to_day + 0.5) * DAY)
        for from_day, to_day in ((-12, -5), (-3, 4), (6, 13))
    ]
    plan = ContestPlan(
        slug=SLUG,
        title="Tìm hiểu Luật Đất đai năm 2024",
        organiser="Ban Tổ chức Cuộc thi tỉnh Tuyên Quang",
        first_day=local_date(now),
        rules=replace(PRESETS["lam-binh"], shuffles=True),
        weeks=3,
        limit_seconds=600,
        summary="Mỗi đợt ba câu về đất ở, đất rừng và sổ đỏ.",
        hotline="0207 3 822 456",
        tiers=[Tier("Giải Nhất", 1, 1_000_000), Tier("Giải Nhì", 2, 500_000)],
        terms=PrizeTerms(objection_days=10, claim_days=30),
        rounds=[PlannedRound(span, f"Đợt {number}") for number, span in enumerate(spans, 1)],
    )
    contest = add_contest(session, province, units, plan)
    for round in contest.rounds:
        set_questions(session, round, _questions(), now=round.opens_at - DAY)
    return contest


def _questions(other: Sequence[str] = ()) -> list[QuestionText]:
    """Return the questions of a round, the first with *other* choices."""
    asked = [(text, other if other and at == 0 else choices, why) for at, (text, choices, why) in enumerate(QUESTIONS)]
    return [question(*each) for each in asked]


def _person(
    session: Session,
    keyring: Keyring,
    contest: Contest,
    hazard: random.Random,
    who: Identity,
    at: datetime,
    code: str = "",
) -> Participant:
    return register_participant(
        session,
        keyring,
        contest,
        who,
        unit_id=drawn_unit(contest, hazard, [20, 14, 10, 8, 4, 4]),
        code=code or new_code(),
        now=at,
        agreed=AGREED,
    )


def _list_people(
    session: Session,
    keyring: Keyring,
    contest: Contest,
    known: list[tuple[Identity, Participant]],
    actor: Actor,
    now: datetime,
) -> None:
    """Put people on the roster of every unit: those *known*, who have registered, and some who have not."""
    hazard = random.Random(17)
    rows = [
        listed(keyring, contest.id, identity(hazard, 2004), unit.unit_id, "")
        for unit, many in zip(contest.units, (14, 9, 11, 6, 8, 5), strict=False)
        for _ in range(many)
    ]
    rows += [listed(keyring, contest.id, who, person.unit_id, "") for who, person in known]
    import_roster(session, actor, contest, rows, False, {"people": len(rows)}, now=now)


def _object(session: Session, keyring: Keyring, round: Round, now: datetime) -> None:
    papers = session.scalars(select(Attempt).where(Attempt.round_id == round.id).order_by(Attempt.id).limit(5)).all()
    for at, (paper, text) in enumerate(zip(papers, ALIKE, strict=True)):
        make_objection(session, keyring, paper, text, now=now - timedelta(days=2, hours=len(ALIKE) - at))


def _announce(session: Session, keyring: Keyring, contest: Contest, actor: Actor, round: Round, now: datetime) -> str:
    """Send a message yesterday at ten, of which some were not taken; return a phone that got it."""
    at = datetime.combine(local_date(now) - DAY, time(10), VIETNAM)
    links = Links(f"lang-nghe.vn/thi/{SLUG}", f"lang-nghe.vn/thi/{SLUG}/thoi")
    sending = Sending(links, actor.owner)
    wording = Wording("Đợt 2 đã mở, mời bà con dự thi trước hết Chủ nhật.", absent_from=round)
    made = announce(session, keyring, actor, contest, wording, sending, now=at)
    post_some(session, keyring, made, sending, FIRST, now=at)
    ids = session.scalars(select(AnnouncedPhone.message_id).where(AnnouncedPhone.announcement_id == made.id)).all()
    ended = {"expires_on": local_date(now) + 30 * DAY}
    sent, failed = ids[: len(ids) * 3 // 4], ids[len(ids) * 3 // 4 : len(ids) * 3 // 4 + 2]
    session.execute(update(Message).where(Message.id.in_(sent)).values(state="sent", **ended))
    session.execute(update(Message).where(Message.id.in_(failed)).values(state="failed", trouble=TROUBLE, **ended))
    who = identity(random.Random(19), 2004)
    register_participant(
        session,
        keyring,
        contest,
        who,
        unit_id=contest.units[0].unit_id,
        code=new_code(),
        now=at,
        agreed=AGREED,
    )
    return who.phone


def _together(session: Session, keyring: Keyring, province: Unit, units: list[Unit], now: datetime) -> str:
    """Add a contest that starts in three quarters of an hour; return the code of a person who may wait."""
    opens = now.replace(second=0, microsecond=0) + timedelta(minutes=45)
    span = Span(opens, opens + timedelta(minutes=30), opens + timedelta(hours=2))
    rules: Rules = replace(PRESETS["lam-binh"], starts_together=True)
    plan = ContestPlan(
        slug=TOGETHER,
        title="Ngày hội chuyển đổi số",
        organiser="Ban Tổ chức Ngày hội chuyển đổi số",
        first_day=local_date(now),
        rules=rules,
        weeks=1,
        limit_seconds=1200,
        summary="Thi tập trung ở nhà văn hóa, mọi người bắt đầu cùng lúc.",
        hotline="0207 3 822 456",
        tiers=[Tier("Giải Nhất", 1, 1_000_000)],
        rounds=[PlannedRound(span, "Đợt thi")],
    )
    contest = add_contest(session, province, units, plan)
    set_questions(session, contest.rounds[0], _questions(), now=now - DAY)
    code = new_code()
    _person(session, keyring, contest, random.Random(23), identity(random.Random(29), 2004), now, code)
    return code
