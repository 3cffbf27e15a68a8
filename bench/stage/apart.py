"""Contests of the stage whose people are ranked apart, whose questions have pictures, and whose units have prizes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from PIL import ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account
from account.operations.audit import SYSTEM, Actor
from bench.stage.parts import SAND, drawn_unit, publish, store_drawing, submit
from commune.models import Unit
from core import clock
from core.crypto import Keyring, new_code
from core.values.week import local_date, monday_of
from quiz.attempt.queries.attempt import find_attempt_by_receipt
from quiz.awards.operations.collective import check_decidable, decide_collective
from quiz.awards.queries.certificate import code_of
from quiz.awards.queries.naming import list_winner_lines
from quiz.bank.rules.parsed import PictureRef
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.contest import ContestPlan, QuestionText, add_contest, set_questions
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.presets import PRESETS, GuessTarget
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.results.operations.objections import answer_objection, make_objection
from quiz.results.queries.result import find_result
from quiz.results.rules.objections import ObjectionOutcome

BLOCS = ("Học sinh, sinh viên", "Cán bộ, người dân")
GREEN, RED, INK = (31, 111, 84), (185, 58, 38), (31, 42, 46)
PRIZES = (("Giải Nhất", 1), ("Giải Nhì", 2))
BY_ONE = (Tier("Giải Nhất tập thể", 1, 5_000_000), Tier("Giải Nhì tập thể", 2, 3_000_000))
BY_SEVERAL = (
    Tier("Giải Nhất về số lượt dự thi", 1, 3_000_000, measure=CollectiveMeasure.TURNS),
    Tier("Giải Nhì về số lượt dự thi", 2, 2_000_000, measure=CollectiveMeasure.TURNS),
    Tier("Giải Nhất về tổng số câu đúng", 1, 3_000_000, measure=CollectiveMeasure.POINTS),
    Tier("Giải Nhì về tổng số câu đúng", 2, 2_000_000, measure=CollectiveMeasure.POINTS),
)
FAMILIES = ["Giàng A", "Hoàng Thị", "Nông Văn", "Triệu Thị", "Ma Văn", "Bàn Thị"]
WOMEN = ("Mẩy", "Dung", "Khuyên", "Hoa", "Lan", "Nhàn", "Thơm", "Yến", "Duyên", "Liễu", "Xuân")
MEN = ("Páo", "Sơn", "Chiến", "Tài", "Lử", "Hùng", "Quân", "Sính", "Thắng", "Dũng", "Khánh")
WORDS = "Câu 3 tôi chọn A trước giờ đóng, xin Ban Tổ chức xem lại."
ANSWER = "Ban Tổ chức đã xem lại bài: câu 3 bạn chọn B, đáp án là A. Kết quả giữ nguyên."


@dataclass(frozen=True)
class Apart:
    """The addresses and codes of these contests."""

    apart: str
    apart_code: str
    """A personal code that took part in the published round."""
    apart_paper: str
    """A personal code that has not opened the open round."""
    apart_receipt: str
    answered_receipt: str
    """A receipt of the published round whose owner objected and has an answer."""
    collective: str
    certificate: str
    several: str
    """A contest whose units have prizes by two measures, decided on."""


def build_apart(session: Session, keyring: Keyring, province: Unit, units: list[Unit], now: datetime) -> Apart:
    """Create a contest with blocs, pictures and objections, and one whose units' prizes are decided."""
    hazard, monday = random.Random(11), monday_of(local_date(now))
    contest = _contest(
        session,
        province,
        units,
        "an-toan-tren-mang",
        "Tìm hiểu an toàn trên mạng",
        first=monday - timedelta(weeks=2),
        weeks=3,
        blocs=BLOCS,
        terms=PrizeTerms(objection_days=30),
    )
    receipts, codes = [new_code() for _ in range(2)], [new_code() for _ in range(3)]
    _fill(session, keyring, contest.rounds[0], hazard, codes[:2], receipts)
    publish(session, contest.rounds[0])
    for round in contest.rounds[1:]:
        _fill(session, keyring, round, hazard, until=now)
    _join(session, keyring, contest, hazard, codes[2], now)
    _object(session, keyring, receipts[1], now)
    measured = PrizeTerms(measure=CollectiveMeasure.PEOPLE)
    done = _contest(
        session,
        province,
        units,
        "xa-phuong-chung-tay",
        "Xã, phường chung tay chuyển đổi số",
        first=monday - timedelta(weeks=6),
        weeks=2,
        terms=measured,
    )
    several = _contest(
        session,
        province,
        units,
        "xa-phuong-dua-tai",
        "Xã, phường đua tài tìm hiểu pháp luật",
        first=monday - timedelta(weeks=7),
        weeks=1,
        terms=measured,
        collective=BY_SEVERAL,
    )
    for each in (done, several):
        _decided(session, keyring, each, hazard, now)
    certificate = _certificate(session, keyring, done.rounds[0])
    return Apart(contest.slug, codes[0], codes[2], receipts[0], receipts[1], done.slug, certificate, several.slug)


def _decided(session: Session, keyring: Keyring, contest: Contest, hazard: random.Random, now: datetime) -> None:
    """Fill and publish the rounds of *contest*, then decide on the prizes of its units."""
    for round in contest.rounds:
        _fill(session, keyring, round, hazard)
        publish(session, round)
    seen = check_decidable(session, contest, now=now)
    decide_collective(session, SYSTEM, contest, seen=seen, reason="", now=now)


def _contest(
    session: Session,
    unit: Unit,
    units: list[Unit],
    slug: str,
    title: str,
    *,
    first: date,
    weeks: int,
    blocs: tuple[str, ...] = (),
    terms: PrizeTerms,
    collective: Sequence[Tier] = BY_ONE,
) -> Contest:
    each = range(1, len(blocs) + 1) if blocs else (None,)
    plan = ContestPlan(
        slug=slug,
        title=title,
        organiser="Sở Khoa học và Công nghệ tỉnh Tuyên Quang",
        first_day=first,
        weeks=weeks,
        rules=replace(PRESETS["lam-binh"], guess_target=GuessTarget.PEOPLE if blocs else GuessTarget.PERFECT),
        limit_seconds=600,
        hotline="0207 3 822 456",
        is_illustrative=True,
        blocs=blocs,
        terms=terms,
        tiers=[Tier(name, quantity, bloc=bloc) for bloc in each for name, quantity in PRIZES],
        collective=() if blocs else collective,
    )
    contest = add_contest(session, unit, units, plan)
    for round in contest.rounds:
        set_questions(session, round, _questions(session, first), now=round.opens_at - timedelta(days=1))
    return contest


def _questions(session: Session, today: date) -> list[QuestionText]:
    """Return three questions, the first with a picture, the second with pictures as choices."""
    padlock, warning, letter = (store_drawing(session, draw, today) for draw in (_padlock, _warning, _letter))
    return [
        QuestionText(
            "Trình duyệt hiện hình này cạnh địa chỉ trang. Hình cho biết điều gì?",
            [
                ("A", "Đường truyền được mã hóa", True),
                ("B", "Trang do cơ quan nhà nước lập", False),
                ("C", "Trang không có quảng cáo", False),
            ],
            "Hình ổ khóa chỉ nói đường truyền được mã hóa, không nói trang là của ai.",
            source="Luật An ninh mạng 2018",
            pictures=(("", PictureRef(padlock, "Ổ khóa đang đóng")),),
        ),
        QuestionText(
            "Thấy dấu hiệu nào thì nên dừng lại, chưa bấm vào đường liên kết?",
            [("A", "", True), ("B", "", False), ("C", "Cả hai đều bấm được", False)],
            "Dấu cảnh báo cho biết trang có thể giả mạo.",
            pictures=(
                ("A", PictureRef(warning, "Tam giác đỏ có dấu chấm than")),
                ("B", PictureRef(letter, "Phong bì thư")),
            ),
        ),
        QuestionText(
            "Người lạ gọi điện xin mã OTP để “kích hoạt VNeID”. Bạn làm gì?",
            [("A", "Không đọc mã, gọi Công an xã", True), ("B", "Đọc mã", False), ("C", "Chuyển tiền trước", False)],
            "Không cơ quan nào hỏi mã OTP qua điện thoại.",
        ),
    ]


def _padlock(pen: ImageDraw.ImageDraw) -> None:
    pen.arc((180, 50, 300, 200), 180, 360, fill=INK, width=18)
    pen.rounded_rectangle((150, 125, 330, 255), 16, fill=GREEN, outline=INK, width=6)
    pen.ellipse((225, 165, 255, 195), fill=SAND)
    pen.rectangle((235, 185, 245, 225), fill=SAND)


def _warning(pen: ImageDraw.ImageDraw) -> None:
    pen.polygon([(240, 40), (380, 260), (100, 260)], fill=RED, outline=INK, width=6)
    pen.rectangle((230, 110, 250, 195), fill=SAND)
    pen.ellipse((228, 208, 252, 232), fill=SAND)


def _letter(pen: ImageDraw.ImageDraw) -> None:
    pen.rounded_rectangle((110, 80, 370, 240), 10, fill=(255, 253, 249), outline=INK, width=6)
    pen.line([(112, 84), (240, 175), (368, 84)], fill=INK, width=6, joint="curve")


def _join(
    session: Session, keyring: Keyring, contest: Contest, hazard: random.Random, code: str, at: datetime
) -> Participant:
    family, phone = hazard.choice(FAMILIES), hazard.randrange(10_000_000, 99_999_999)
    given = WOMEN if family.endswith("Thị") else MEN
    who = Identity(name=f"{family} {given[phone % len(given)]}", phone=f"09{phone}", birth_year=1971)
    return register_participant(
        session,
        keyring,
        contest,
        who,
        unit_id=drawn_unit(contest, hazard, [40, 22, 14, 10, 8, 6]),
        code=code,
        now=at,
        agreed=[Purpose.TAKING_PART, Purpose.NAMED],
        bloc=hazard.choice([1, 2]) if contest.blocs else None,
    )


def _fill(
    session: Session,
    keyring: Keyring,
    round: Round,
    hazard: random.Random,
    codes: Sequence[str] = (),
    receipts: Sequence[str] = (),
    *,
    until: datetime | None = None,
) -> None:
    """Submit papers of 38 people; the first ones have these personal *codes* and *receipts*."""
    span = (min(until or round.closes_at, round.closes_at) - round.opens_at - timedelta(minutes=20)).total_seconds()
    for at in range(38):
        start = round.opens_at + timedelta(seconds=hazard.randrange(60, max(120, int(span))))
        code, receipt = (some[at] if at < len(some) else new_code() for some in (codes, receipts))
        person = _join(session, keyring, round.contest, hazard, code, start)
        right = 2 if at < len(codes) else hazard.choice([3, 3, 2, 1])
        guess, seconds = hazard.randrange(8, 60), 95 + 7 * at
        submit(
            session,
            keyring,
            round,
            person,
            started_at=start,
            seconds=seconds,
            receipt=receipt,
            correct=right,
            guess=guess,
        )


def _object(session: Session, keyring: Keyring, receipt: str, now: datetime) -> None:
    """Object to the result of the paper with *receipt*, and answer."""
    attempt = find_attempt_by_receipt(session, keyring, receipt)
    assert attempt is not None
    by = Actor("account", session.scalar(select(Account.id)))
    made = make_objection(session, keyring, attempt, WORDS, now=now)
    answer_objection(session, keyring, by, made, ObjectionOutcome.REJECTED, ANSWER, now=now)


def _certificate(session: Session, keyring: Keyring, round: Round) -> str:
    """Return the code of the first winner's certificate."""
    result = find_result(session, round)
    assert result is not None
    lines = list_winner_lines(session, keyring, round, result, {"winners"}, clock.now())
    return code_of(keyring, result, lines[0])
