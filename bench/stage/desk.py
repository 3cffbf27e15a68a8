"""A contest whose organiser has every kind of work at once: objections, requests for another unit, paper sheets with
blocs and further fields, helpers, a question with a picture, prizes of units. Every person is invented.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta

from PIL import ImageDraw
from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account
from account.operations.account import create_account
from account.operations.audit import Actor
from account.queries.account import find_account
from account.rules.permissions import Role
from bench.stage.instance import PASSWORD, QUESTIONS, Stage
from bench.stage.parts import drawn_unit, identity, province_with_communes, publish, question, store_drawing, submit
from commune.models import Unit
from core import clock
from core.crypto import Keyring, new_code
from core.values.week import local_date, monday_of
from quiz.attempt.models import Attempt
from quiz.attempt.operations.paper_sheets import key_first, key_second
from quiz.attempt.operations.sheet_printing import print_named_sheets, print_sheets
from quiz.attempt.rules.keying import KeyedPaper
from quiz.bank.rules.parsed import PictureRef
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.contest import ContestPlan, add_contest, set_questions
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.fields import RegistrationField
from quiz.contest.rules.presets import PRESETS
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.persons.operations.unit_requests import ask_for_unit, decide_request
from quiz.persons.queries.unit_requests import list_requests
from quiz.results.operations import closing
from quiz.results.operations.objections import answer_objection, make_objection
from quiz.results.rules.objections import ObjectionOutcome

SLUG = "phong-chong-lua-dao"
ASKED = "7K3M9QXD2F4H8BCG"
"""The personal code of the participant whose name is on a paper sheet."""
COLLEAGUE = "cung-ban@lang-nghe.example"
"""A second organiser, who keys in sheets after the first."""
BLOCS = ("Cán bộ, công chức, viên chức", "Người dân", "Học sinh")
FIELDS = (
    RegistrationField("Nghề nghiệp", ("nông dân", "công nhân", "cán bộ", "học sinh", "khác"), True),
    RegistrationField("Nơi làm việc, học tập"),
)
OBJECTIONS = (
    "Câu 2 có hai phương án đều đúng: Công an xã cũng nhận hồ sơ cư trú.",
    "Tôi nộp lúc 21 giờ, máy báo đã nhận, mà kết quả ghi chưa trả lời câu 3.",
    "Xin xem lại thời gian làm bài của tôi, mạng ở thôn hôm ấy rất chậm.",
)
MOVES = (
    "Tôi ở thôn Nà Tông, hôm đăng ký bấm nhầm sang xã bên.",
    "Trường của em thuộc xã mới sau sắp xếp.",
    "Chuyển công tác từ tháng trước.",
)


def build(session: Session, keyring: Keyring) -> None:
    """Add the contest and its second organiser to a stage that is built already."""
    hazard, now = random.Random(11), clock.now()
    province, units = province_with_communes(session)
    me = find_account(session, Stage.__dataclass_fields__["organiser"].default)
    assert me is not None
    other = create_account(
        session, email=COLLEAGUE, name="Triệu Văn Sơn", password=PASSWORD, role=Role.ORGANISER, unit=province, now=now
    )
    session.flush()
    contest = _contest(session, province, units, now)
    over, objectable, ended, open_round = contest.rounds
    for round in (over, objectable, ended):
        _fill(session, keyring, round, hazard, people=26)
    for round in (over, objectable):
        publish(session, round)
    _object(session, keyring, objectable, Actor("account", me.id), now)
    _help(session, keyring, ended, hazard)
    closing.close_round(session, keyring, Actor("account", me.id), ended, now=ended.closes_at + timedelta(hours=9))
    late = max(open_round.opens_at + timedelta(minutes=1), now - timedelta(hours=4))
    people = [_person(session, keyring, contest, hazard, late) for _ in range(5)]
    _move(session, keyring, contest, people, Actor("account", me.id), now)
    _sheets(session, keyring, open_round, (me, other), now)
    session.commit()


def _contest(session: Session, province: Unit, units: list[Unit], now: datetime) -> Contest:
    plan = ContestPlan(
        slug=SLUG,
        title="Tìm hiểu phòng, chống lừa đảo trên mạng",
        organiser="Ban Tổ chức Cuộc thi tỉnh Tuyên Quang",
        first_day=monday_of(local_date(now)) - timedelta(weeks=3),
        rules=replace(PRESETS["lam-binh"], shuffles=True),
        weeks=4,
        limit_seconds=900,
        summary="Mỗi tuần ba câu về tin nhắn, cuộc gọi và đường dẫn giả mạo.",
        hotline="0207 3 822 456",
        tiers=[Tier("Giải Nhất", 1, 500_000), Tier("Giải Nhì", 1, 300_000)],
        collective=[Tier("Giải Nhất tập thể", 1, 2_000_000), Tier("Giải Nhì tập thể", 2, 1_000_000)],
        terms=PrizeTerms(objection_days=10, claim_days=30, measure=CollectiveMeasure.PEOPLE),
        fields=FIELDS,
        blocs=BLOCS,
    )
    contest = add_contest(session, province, units, plan)
    digest = store_drawing(session, _message, local_date(now))
    held = (("", PictureRef(digest, "Tin nhắn giả mạo ngân hàng, có đường dẫn lạ")),)
    for round in contest.rounds:
        questions = [question(*each, held if number == 0 else ()) for number, each in enumerate(QUESTIONS)]
        set_questions(session, round, questions, now=round.opens_at - timedelta(days=1))
    return contest


def _message(pen: ImageDraw.ImageDraw) -> None:
    """Draw a telephone with a message and a red button."""
    pen.rounded_rectangle((130, 10, 350, 290), 20, fill=(255, 253, 249), outline=(31, 42, 46), width=4)
    pen.rounded_rectangle((155, 55, 325, 160), 12, fill=(228, 239, 228))
    for top in (75, 100, 125):
        pen.rectangle((172, top, 310 - top // 4, top + 8), fill=(82, 92, 94))
    pen.rounded_rectangle((155, 185, 325, 235), 12, fill=(185, 58, 38))


def _person(session: Session, keyring: Keyring, contest: Contest, hazard: random.Random, at: datetime) -> Participant:
    who, unit_id = identity(hazard, 2008), drawn_unit(contest, hazard, [20, 14, 10, 8, 4, 4])
    bloc = hazard.choices([1, 2, 3], [4, 9, 3])[0]
    return _register(session, keyring, contest, who, unit_id, bloc=bloc, at=at)


def _register(
    session: Session,
    keyring: Keyring,
    contest: Contest,
    who: Identity,
    unit_id: int,
    *,
    bloc: int = 2,
    code: str = "",
    at: datetime,
) -> Participant:
    return register_participant(
        session,
        keyring,
        contest,
        who,
        unit_id=unit_id,
        code=code or new_code(),
        now=at,
        agreed=[Purpose.TAKING_PART, Purpose.NAMED],
        bloc=bloc,
        more={"Nghề nghiệp": "nông dân"},
    )


def hand_in(
    session: Session, keyring: Keyring, round: Round, person: Participant, hazard: random.Random, helper: str = ""
) -> None:
    """Hand in a paper of *person* at any moment before now."""
    span = min(round.closes_at, clock.now()) - round.opens_at - timedelta(hours=1)
    started = round.opens_at + span * hazard.random()
    correct, guess, seconds = hazard.choice([3, 3, 2, 1]), hazard.randrange(5, 40), hazard.randrange(90, 600)
    submit(
        session,
        keyring,
        round,
        person,
        started_at=started,
        seconds=seconds,
        receipt=new_code(),
        correct=correct,
        guess=guess,
        helper=helper,
    )


def _fill(session: Session, keyring: Keyring, round: Round, hazard: random.Random, people: int) -> None:
    for _ in range(people):
        person = _person(session, keyring, round.contest, hazard, round.opens_at + timedelta(minutes=5))
        hand_in(session, keyring, round, person, hazard)


def _help(session: Session, keyring: Keyring, round: Round, hazard: random.Random) -> None:
    for helper, papers in (("Ma Thị Hoa, trưởng thôn Nà Tông", 6), ("Nông Văn Dũng", 2)):
        for _ in range(papers):
            person = _person(session, keyring, round.contest, hazard, round.opens_at + timedelta(minutes=5))
            hand_in(session, keyring, round, person, hazard, helper)


def _object(session: Session, keyring: Keyring, round: Round, actor: Actor, now: datetime) -> None:
    """Add an objection that was accepted, one that was rejected, and one that waits."""
    papers = session.scalars(select(Attempt).where(Attempt.round_id == round.id).order_by(Attempt.id).limit(3)).all()
    answers = (
        (ObjectionOutcome.ACCEPTED, "Đúng như bạn nêu: câu 2 được bỏ khi chấm lại."),
        (
            ObjectionOutcome.REJECTED,
            "Máy chủ nhận bài lúc 21 giờ 04, câu 3 để trống; xem dấu thời gian ở trang của bạn.",
        ),
    )
    for at, (paper, text) in enumerate(zip(papers, OBJECTIONS, strict=True)):
        made = make_objection(session, keyring, paper, text, now=now - timedelta(days=3 - at, hours=2))
        if at < len(answers):
            answer_objection(session, keyring, actor, made, *answers[at], now=now - timedelta(days=1, hours=at))


def _move(
    session: Session, keyring: Keyring, contest: Contest, people: list[Participant], actor: Actor, now: datetime
) -> None:
    """Add two requests for another unit that wait, and one that was granted."""
    for at, (person, words) in enumerate(zip(people, MOVES, strict=False)):
        to = next(each.unit_id for each in contest.units if each.unit_id != person.unit_id)
        ask_for_unit(session, keyring, person, to, words, now=now - timedelta(hours=3 - at))
    session.flush()
    first, *_rest = list_requests(session, keyring, contest, waiting=True)
    decide_request(session, actor, first.row, is_granted=True, answer="Đã hỏi trưởng thôn.", now=now)


def _sheets(session: Session, keyring: Keyring, round: Round, keyers: tuple[Account, Account], now: datetime) -> None:
    """Print sheets: one is keyed in by both, one by the other alone, one by the other and differently afterwards, one
    asks a participant; and a pack for the first unit.
    """
    first, second = keyers
    sheets = print_sheets(session, Actor("account", first.id), round, 40, now=now)
    unit, asked = round.contest.units[0], Identity("Chẩu Thị Ngọc", "0977123404", 1965)
    _register(session, keyring, round.contest, asked, unit.unit_id, code=ASKED, at=now)
    for sheet, name in zip(sheets, ("Bàn Thị Mùi", "Vàng Seo Páo", "Lý A Sùng", asked.name), strict=False):
        typed = KeyedPaper(
            name=name,
            phone=f"09771234{sheet.number:02}",
            birth_year=1961 + sheet.number,
            unit_id=unit.unit_id,
            agreed=["taking-part"],
            answers={"1": "A", "2": "B"},
            guess=10 + sheet.number,
            bloc=2,
            more={"Nghề nghiệp": "nông dân"},
        )
        by, after = (first, second) if sheet.number in (1, 4) else (second, first)
        key_first(session, keyring, by.id, sheet, typed, now=now)
        if sheet.number in (1, 4):
            key_second(session, keyring, Actor("account", after.id), sheet, typed, now=now)
    pack = {"reason": "phát cho người không dùng điện thoại", "again": False, "most": 300, "now": now}
    print_named_sheets(session, keyring, Actor("account", first.id), round, unit.unit, **pack)
