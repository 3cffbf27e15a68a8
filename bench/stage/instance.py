"""An instance with every page in every state that the demo does not show. Every person is invented."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account, Approval
from account.operations.account import create_account
from account.operations.approval import ask
from account.operations.audit import SYSTEM, TERMINAL, Actor, record
from account.operations.links import invite, make_link
from account.operations.second_factor import set_factor
from account.queries.account import find_account
from account.rules.permissions import Role
from bench.stage.apart import Apart, build_apart
from bench.stage.drawn import DrawnContest, build_drawn
from bench.stage.parts import FAMILIES, GIVENS, confirm_winners, publish, question, submit
from bench.stage.season import SeasonContests, build_season
from commune.models import Headcount, Office, Succession, Unit
from commune.operations import create_unit
from commune.operations.offices import create_office
from core import clock
from core.content import ENGLISH, add_texts
from core.crypto import Keyring, new_code
from core.values.week import local_date, monday_of
from core.workdays import holidays_around
from demo.accounts import ADMINISTRATOR, OFFICER, ORGANISER
from demo.bank import read_bank
from privacy.operations.requests import Asker, acknowledge, identify, receive_request
from privacy.rules.deadlines import Kind
from quiz.attempt.operations.evidence import trace_of
from quiz.attempt.operations.lifecycle import call_off
from quiz.attempt.operations.rehearsal import open_rehearsal
from quiz.bank.rules.parsed import ParsedQuestion
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.cards import make_cards, redeem_card, void_batch
from quiz.contest.operations.contest import ContestPlan, QuestionText, add_contest, set_questions
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.presets import PRESETS, Eligibility
from quiz.contest.rules.prizes import Tier
from quiz.persons.queries.participants import subject_of
from quiz.results.operations import closing
from quiz.results.queries.result import contacts_of, find_result, list_winners, winners_digest
from survey.counter.operations.audit_subjects import counter_subject
from survey.counter.operations.counters import (
    add_counter,
    count_dead_scan,
    reissue_address,
    switch_rehearsal,
)
from survey.counter.queries.counters import list_counters
from survey.counter.queries.printed import address_of
from survey.instrument.rules import quick
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.rules.channels import Channel
from tests.support.set_apart import rate_as_staff

PASSWORD = "bon lua mua nay"
COUNTERS = [
    "Tư pháp, hộ tịch", "Đất đai, nông nghiệp và môi trường", "Lao động, người có công và bảo trợ xã hội",
    "Xây dựng, kinh tế, hạ tầng", "Trả kết quả", "Giao thông, đăng ký xe",
]  # fmt: skip
COUNTERS_EN = [
    "Civil status",
    "Land, agriculture and environment",
    "Labour, merit and social protection",
    "Construction, economy, infrastructure",
    "Results",
    "Transport, vehicle registration",
]
HOST_EN = "Vietnam Fatherland Front Committee of Khâu Tinh Commune"
COMMENTS = [
    "Cô ở quầy chỉ từng dòng, tôi làm xong trong buổi sáng.",
    "Phải đi lại ba lần mới biết thiếu giấy xác nhận của thôn.",
    "Chờ hơi lâu, ghế ngồi ít, người già phải đứng.",
    "Nhận kết quả sớm hơn giấy hẹn hai ngày. Cảm ơn các cô chú.",
    "Khai sinh cho cháu xong ngay trong sáng, không phải về lấy thêm giấy gì.",
    "Bảng thủ tục treo cao quá, chữ nhỏ, tôi không đọc được.",
    "Gọi điện hỏi trước được trả lời tận tình nên chỉ phải lên một lần.",
    "Máy lấy số hỏng từ thứ Hai, mọi người phải chen nhau.",
    "Chú cán bộ giúp tôi nộp trên máy tính vì tôi không biết làm.",
    "Hẹn thứ Năm mà thứ Sáu mới có, không ai báo trước.",
    "Nên có nước uống cho người ở bản xa xuống.",
    "Đất nhà tôi chờ trích đo hơn hai tháng rồi.",
]
QUESTIONS = [
    ("Từ ngày 01/7/2025, chính quyền địa phương được tổ chức theo mấy cấp?",
     ["Hai cấp: tỉnh và xã", "Ba cấp: tỉnh, huyện và xã", "Bốn cấp"], "Luật Tổ chức chính quyền địa phương 2025."),
    ("Nơi nào tiếp nhận hồ sơ và trả kết quả thủ tục hành chính ở cấp xã?",
     ["Trung tâm Phục vụ hành chính công cấp xã", "Công an xã", "Nhà văn hóa thôn"], "Nghị định 118/2025/NĐ-CP."),
    ("Khi hồ sơ chưa đầy đủ, cán bộ tiếp nhận phải làm gì?",
     ["Hướng dẫn đầy đủ, một lần, bằng văn bản", "Hướng dẫn bằng lời, mỗi lần một việc",
      "Trả lại hồ sơ, không nêu lý do"],
     "Nghị định 118/2025/NĐ-CP."),
]  # fmt: skip


OF_CENTRE = "quyền của người dân khi đến Trung tâm Phục vụ hành chính công"
OF_WEEK = {2: (10, 6, 12), 3: (3, 13, 15), 4: (16, 17, 18)}
"""The questions of the demo's bank that the later weeks ask."""


@dataclass(frozen=True)
class Stage:
    """The addresses, codes and accounts that the scenes use."""

    office: str
    quiet_office: str
    counter_code: str
    replaced_code: str
    closed_code: str
    running: str
    merged: str
    past: str
    waiting: str
    request: str
    coming: str
    personal_code: str
    late_code: str
    open_receipt: str
    past_receipt: str
    draft: str
    off: str
    rehearsing: str
    rehearsing_code: str
    asked: str
    unknown: str
    correction: str
    agreeing: str
    reviewed: str
    carded: str
    card: str
    """The code of an entry card that is not used."""
    texted: str
    apart: Apart
    drawn: DrawnContest
    season: SeasonContests
    administrator: str = "quan-tri@lang-nghe.example"
    organiser: str = "to-chuc@lang-nghe.example"
    officer: str = "can-bo@lang-nghe.example"
    newcomer: str = "moi@lang-nghe.example"
    new_officer: str = "moi-quay@lang-nghe.example"
    province: str = ADMINISTRATOR
    """The demo's account of the whole province."""
    host: str = ORGANISER
    """The demo's organiser."""
    commune: str = OFFICER
    """The demo's account of one office."""
    guarded: str = "co-ma@lang-nghe.example"
    bare: str = "chua-co-ma@lang-nghe.example"
    telephone: str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    invitation: str = ""
    invited_id: int = 0
    approver: str = "phe-duyet@lang-nghe.example"
    set_apart: str = ""
    """The Monday of the week in which staff rated their own counter 2."""
    inspector: str = "giam-sat@lang-nghe.example"
    new_approver: str = "moi-duyet@lang-nghe.example"
    reach: Any = None
    """The values that scenes of `bench.scenes.reach` type, a `Reach`."""
    flagship: Any = None
    """The values that scenes of the demo's contest type, a `Flagship`."""
    villages: Any = None
    """The ids of jobs that scenes of `bench.scenes.changing` open, a `Villages`."""


def build(session: Session, keyring: Keyring) -> Stage:
    """Fill an empty instance."""
    hazard = random.Random(7)
    now = clock.now()
    monday = monday_of(local_date(now))
    province, units = _units(session)
    office, quiet = _offices(session, keyring, province, hazard, now)
    running = _contest(session, province, units, "tim-hieu-cchc",
                       "Tìm hiểu cải cách hành chính tỉnh Tuyên Quang năm 2026",
                       first=monday - timedelta(weeks=3), weeks=5)  # fmt: skip
    past = _contest(session, province, units, "chung-tay-cchc", "Chung tay cải cách hành chính",
                    first=monday - timedelta(weeks=9), weeks=2)  # fmt: skip
    coming = _contest(session, province, units, "chuyen-doi-so", "Tìm hiểu chuyển đổi số và dịch vụ công trực tuyến",
                      first=monday + timedelta(weeks=1), weeks=4)  # fmt: skip
    receipts = [_fill(session, keyring, round, hazard) for round in [*past.rounds, *running.rounds[:3]]]
    for round in past.rounds:
        publish(session, round)
    publish(session, running.rounds[0])
    closing.rank_round(session, running.rounds[1], now=now)
    result = find_result(session, running.rounds[1])
    assert result is not None
    first, second, *_rest = list_winners(session, result)
    closing.apply_call(session, running.rounds[1], first.participant_id, closing.Call.CONFIRM, now=now)
    closing.apply_call(session, running.rounds[1], second.participant_id, closing.Call.PASS, now=now)
    open_round = running.rounds[3]
    _fill(session, keyring, open_round, hazard, people=24)
    personal, late, receipt = (new_code() for _ in range(3))
    _person(session, keyring, running, hazard, code=personal, at=now)
    taken = _person(session, keyring, running, hazard, code=late, at=now)
    submit(session, keyring, open_round, taken, started_at=now - timedelta(minutes=9), seconds=252, receipt=receipt)
    _accounts(session, keyring, province, now)
    invited = invite(
        session, email="nong-thi-mai@xa.gov.vn", name="Nông Thị Mai", role=Role.MANAGER, unit=office.unit, now=now
    )
    invitation = make_link(session, invited, now=now)
    requests = [_request(session, keyring, contest, about, now) for contest, about in ((running, taken), (past, None))]
    agreeing = _request(session, keyring, running, taken, now, Kind.AGREE, "Tôi đồng ý nêu tên lại.")
    won = find_result(session, past.rounds[0])
    assert won is not None
    correction = _request(
        session,
        keyring,
        past,
        list_winners(session, won)[0].participant,
        now,
        kind=Kind.CORRECT,
        words="Tên tôi ghi sai.",
    )
    merged = _merged(session, keyring, province, units, hazard)
    rehearsing = _contest(session, province, units, "thi-thu", "Tìm hiểu Luật Đất đai",
                          first=monday + timedelta(weeks=2), weeks=4)  # fmt: skip
    open_rehearsal(session, rehearsing, now=now)
    coming_on = monday + timedelta(weeks=2)
    draft = _contest(session, province, units, "luat-dat-dai", "Tìm hiểu Luật Đất đai năm 2024",
                     first=coming_on, weeks=4)  # fmt: skip
    draft.is_draft = True
    off = _contest(session, province, units, "ngay-hoi-so", "Tìm hiểu Đề án 06", first=coming_on, weeks=1)
    reviewed = _contest(
        session,
        province,
        units,
        "nong-thon-moi",
        "Chung sức xây dựng nông thôn mới",
        first=monday - timedelta(weeks=1),
        weeks=1,
    )
    _review(session, keyring, reviewed.rounds[0], hazard)
    carded = _contest(
        session,
        province,
        units,
        "xay-dung-doi-song-van-hoa",
        "Xây dựng đời sống văn hóa ở khu dân cư",
        first=monday,
        weeks=1,
        eligibility=Eligibility.CARD,
    )
    card = _cards(session, keyring, carded, now)
    _audit_entries(session, office, now)
    call_off(session, SYSTEM, off, "Hoãn sang tháng Ba năm sau vì mưa lũ, đường vào các xã còn sạt lở.", now=now)
    waiting, request = _waiting(session, keyring, province, units, hazard)
    replaced = _replace(session, keyring, office, local_date(now))
    texted = _contest(
        session,
        province,
        units,
        "an-toan-giao-thong",
        "An toàn giao thông cho em",
        first=monday,
        weeks=1,
        eligibility=Eligibility.SMS,
    )
    apart = build_apart(session, keyring, province, units, now)
    drawn = build_drawn(session, keyring, province, units, now)
    season = build_season(session, keyring, province, units, now)
    counters = list_counters(session, office)
    a_week_ago = now - timedelta(weeks=1)
    rate_as_staff(session, keyring, counters[1], 6, now=a_week_ago)
    switch_rehearsal(session, TERMINAL, counters[4], True, now=now)
    for level in (Level(5), Level(4), Level(5)):
        opinion = Opinion(level, [], "")
        record_rating(session, keyring, counters[4], opinion, channel=Channel.OPEN, receipt=new_code(), now=now)
    session.commit()
    counters = list_counters(session, office)
    return Stage(
        office=office.slug, quiet_office=quiet.slug, counter_code=address_of(keyring, counters[1]),
        replaced_code=replaced, closed_code=address_of(keyring, counters[-1]),
        running=running.slug, past=past.slug, coming=coming.slug, merged=merged.slug, waiting=waiting.slug,
        request=str(request.id), personal_code=personal, late_code=late, open_receipt=receipt,
        past_receipt=receipts[0], invitation=invitation, invited_id=invited.id, rehearsing=rehearsing.slug,
        rehearsing_code=address_of(keyring, counters[4]), asked=requests[0], unknown=requests[1],
        correction=correction, agreeing=agreeing, card=card,
        draft=draft.slug, off=off.slug, reviewed=reviewed.slug, carded=carded.slug, texted=texted.slug, apart=apart,
        drawn=drawn, season=season, set_apart=monday_of(local_date(a_week_ago)).isoformat(),
    )  # fmt: skip


def _units(session: Session) -> tuple[Unit, list[Unit]]:
    """Create a province and its communes; beside the demo it lies in the demo's, so that all offices are of one."""
    since = date(2025, 7, 1)
    demo = session.scalar(select(Unit).where(Unit.code == "08", Unit.valid_from == since))
    kind, name = ("district", "vùng hồ Tuyên Quang") if demo else ("province", "tỉnh Tuyên Quang")
    province = create_unit(session, code="98", kind=kind, name=name, valid_from=since, parent=demo)
    names = ["xã Côn Lôn", "xã Thượng Lâm", "xã Minh Quang", "xã Bình An", "xã Hồng Thái", "phường Minh Xuân"]
    return province, [
        create_unit(session, code=f"{99001 + at}", kind="commune", name=name, valid_from=since, parent=province)
        for at, name in enumerate(names)
    ]


def _merged(session: Session, keyring: Keyring, province: Unit, units: list[Unit], hazard: random.Random) -> Contest:
    """Create a contest from before July 2025, whose units went to today's, one to two; every figure is invented,
    and so is the commune that went to two."""
    old, until = date(2004, 7, 1), date(2025, 7, 1)
    district = create_unit(
        session, code="997", kind="district", name="huyện Lâm Bình", valid_from=old, valid_to=until, parent=province
    )
    went = {"xã Thổ Bình": [3], "xã Thượng Lâm": [1], "xã Khuôn Hà": [1], "xã Tân Hồ": [0, 3]}
    entering = []
    for at, (name, heirs) in enumerate(went.items()):
        unit = create_unit(
            session, code=f"{99001 + at}", kind="commune", name=name, valid_from=old, valid_to=until, parent=district
        )
        entering.append(unit)
        session.add_all(Succession(old_id=unit.id, new_id=units[heir].id) for heir in heirs)
        source = f"Báo cáo dân cư năm {2021 + at % 2} (minh họa)"
        session.add(Headcount(unit_id=unit.id, as_of=date(2021 + at % 2, 4, 1), people=2_000 + 731 * at, source=source))
    session.add(Headcount(unit_id=units[1].id, as_of=until, people=9_120, source="Đề án sắp xếp năm 2025 (minh họa)"))
    session.flush()
    contest = _contest(session, district, entering, "lam-binh-xua", "Tìm hiểu cải cách hành chính huyện Lâm Bình",
                       first=date(2025, 5, 5), weeks=2)  # fmt: skip
    for round in contest.rounds:
        _fill(session, keyring, round, hazard)
        publish(session, round)
    return contest


def _offices(
    session: Session, keyring: Keyring, province: Unit, hazard: random.Random, now: datetime
) -> tuple[Office, Office]:
    """Create two offices in a commune whose name the demo's province has not, so that no list shows one name twice."""
    since = province.valid_from
    unit = create_unit(session, code="99011", kind="commune", name="xã Khâu Tinh", valid_from=since, parent=province)
    host = "Ủy ban Mặt trận Tổ quốc Việt Nam xã Khâu Tinh"
    name = "Trung tâm Phục vụ hành chính công xã Khâu Tinh"
    office = create_office(session, unit, slug="khau-tinh", name=name, host=host, hotline="0207 3 888 999")
    add_texts(session, office, ENGLISH, {"name": "Khâu Tinh Commune Public Service Centre", "host": HOST_EN})
    words = hazard.sample(COMMENTS, len(COMMENTS))
    for number, field in enumerate(COUNTERS, start=1):
        counter = add_counter(session, office, number=number, name=field, today=date(2026, 1, 5))
        add_texts(session, counter, ENGLISH, {"name": COUNTERS_EN[number - 1]})
        for _ in range((41, 97, 68, 23, 4, 9)[number - 1]):
            level = hazard.choices(list(Level), [3, 5, 12, 38, 42])[0]
            comment = words.pop() if words and hazard.random() < 0.08 else ""
            reasons = hazard.sample(list(quick.REASON_WORDS), hazard.choice([0, 0, 1, 2]))
            at = now - timedelta(days=hazard.randrange(150 if number < 5 else 3))
            opinion = Opinion(level, reasons, comment)
            record_rating(session, keyring, counter, opinion, channel=Channel.OPEN, receipt=new_code(), now=at)
    quiet = create_office(
        session, unit, slug="nhan-ho-so-luu-dong", name="Điểm tiếp nhận lưu động thôn Nặm Đíp", host=host
    )
    return office, quiet


def _replace(session: Session, keyring: Keyring, office: Office, today: date) -> str:
    """Give counter 4 a new code and close counter 6; return the old code, which is still scanned."""
    counters = list_counters(session, office)
    old, serial = address_of(keyring, counters[3]), counters[3].addresses[-1].serial
    reissue_address(session, TERMINAL, counters[3], now=clock.now())
    counters[5].closed_on = today
    for _ in range(12):
        count_dead_scan(session, serial, today)
    return old


def _contest(
    session: Session,
    unit: Unit,
    units: list[Unit],
    slug: str,
    title: str,
    *,
    first: date,
    weeks: int,
    eligibility: Eligibility = Eligibility.CALL,
) -> Contest:
    about = "quyền và nghĩa vụ của người sử dụng đất" if "Đất đai" in title else OF_CENTRE
    summary = f"Mỗi tuần vài câu hỏi ngắn về {about}, làm trên điện thoại trong ít phút."
    plan = ContestPlan(
        slug=slug, title=title, organiser="Sở Nội vụ tỉnh Tuyên Quang", first_day=first,
        rules=replace(PRESETS["lam-binh"], shuffles=True, eligibility=eligibility),
        weeks=weeks, limit_seconds=900, summary=summary, hotline="0207 3 822 456", is_illustrative=weeks == 2,
        tiers=[Tier("Giải Nhất", 1, 500_000), Tier("Giải Nhì", 2, 300_000), Tier("Giải Ba", 2, 200_000)],
    )  # fmt: skip
    contest = add_contest(session, unit, units, plan)
    for round in contest.rounds[:4]:
        set_questions(session, round, three_questions(round.number), now=round.opens_at - timedelta(days=1))
    return contest


def three_questions(week: int = 1) -> list[QuestionText]:
    """Return the short paper of a *week*, on which A is right: from the second week on of the demo's bank."""
    if week > 1:
        bank = read_bank("in_2026", "digital")
        return [_as_written(bank[at]) for at in OF_WEEK[week]]
    return [question(*each) for each in QUESTIONS]


def _as_written(question: ParsedQuestion) -> QuestionText:
    choices = [(each.letter, each.text, each.is_right) for each in question.choices]
    return QuestionText(question.text, choices, question.explanation, source=question.source)


def _person(
    session: Session, keyring: Keyring, contest: Contest, hazard: random.Random, *, code: str = "", at: datetime
):  # type: ignore[no-untyped-def]
    name = f"{hazard.choice(FAMILIES)} {hazard.choice(GIVENS)}"
    year = hazard.choice([1958, 1964, 1971, 1983, 1990, 1999, 2011])
    phone = f"09{hazard.randrange(10_000_000, 99_999_999)}"
    unit = hazard.choices(contest.units, [49, 15, 10, 8, 4, 4][: len(contest.units)])[0]
    who = Identity(name=name, phone=phone, birth_year=year)
    return register_participant(
        session, keyring, contest, who, unit_id=unit.unit_id, code=code or new_code(), now=at,
        agreed=[Purpose.TAKING_PART, *([Purpose.NAMED] if hazard.random() < 0.93 else [])],
    )  # fmt: skip


def _request(
    session: Session, keyring: Keyring, contest: Contest, about: Participant | None, now: datetime,
    kind: Kind = Kind.DELETE, words: str = "Xin xóa tên tôi.",
) -> str:  # fmt: skip
    """Create a request about *about*, or about a person not identified yet, of some days ago."""
    contact = contacts_of(session, keyring, [about])[about.id] if about and kind is Kind.DELETE else None
    asker = Asker(contact.name, contact.phone, words) if contact else Asker("Hoàng Thị Khuyên", "0912345678", words)
    by = {"actor": Actor("account", session.scalar(select(Account.id))), "now": now - timedelta(days=6)}
    kind, words = (kind, words) if about else (Kind.VIEW, "Tôi muốn biết xã còn giữ thông tin gì của tôi.")
    asker = replace(asker, details=words)
    made = receive_request(
        session, keyring, asker, unit_id=contest.unit_id, kind=kind, channel="phone",
        holidays=holidays_around(local_date(now)), **by,
    )  # fmt: skip
    if about:
        identify(session, keyring, made, [subject_of(about)], asker, **by)
        acknowledge(session, made, **by)
    return str(made.id)


def _fill(session: Session, keyring: Keyring, round: Round, hazard: random.Random, people: int = 34) -> str:
    """Submit papers of *people*; return the receipt of one that was submitted rather late."""
    until_now = min(clock.now(), round.closes_at) - round.opens_at - timedelta(minutes=20)
    latest = max(until_now, timedelta(minutes=2))  # the week may have begun a minute ago
    receipts = []
    for at in range(people):
        start = round.opens_at + timedelta(seconds=hazard.randrange(60, int(latest.total_seconds())))
        person = _person(session, keyring, round.contest, hazard, at=start)
        receipts.append(new_code())
        submit(
            session, keyring, round, person, started_at=start, seconds=95 + 7 * at,
            correct=2 if at == 6 else hazard.choice([3, 3, 2, 1]),
            guess=hazard.randrange(5, 40), receipt=receipts[-1],
        )  # fmt: skip
    return receipts[6]


def _review(session: Session, keyring: Keyring, round: Round, hazard: random.Random) -> None:
    """Close a round with the papers of a script, of a device of many people, and of a family, besides honest ones."""
    _fill(session, keyring, round, hazard)
    groups = (("script", 40, timedelta(hours=50), 0.4), ("device", 6, timedelta(hours=70), 130.0))
    for name, count, start, seconds in (*groups, ("family", 3, timedelta(hours=90), 200.0)):
        for at in range(count):
            begun = round.opens_at + start + at * timedelta(seconds=seconds + 1)
            device = f"{name} {at}" if name == "script" else name
            trace = trace_of(keyring, round.id, device=device, address=name)
            person = _person(session, keyring, round.contest, hazard, at=begun)
            submit(
                session,
                keyring,
                round,
                person,
                started_at=begun,
                seconds=seconds,
                receipt=new_code(),
                guess=54,
                trace=trace,
            )
    closing.close_round(session, keyring, SYSTEM, round, now=round.closes_at + timedelta(hours=9))


def _cards(session: Session, keyring: Keyring, contest: Contest, now: datetime) -> str:
    """Make three batches of entry cards: partly used, voided, and used up; return the code of one that is not used."""
    made, unused = {}, ""
    for place, quantity in (("thôn Nà Tông", 80), ("thôn Bản Luông", 40), ("thôn Phia Chang, nhóm hộ bên suối", 2)):
        made[place], codes = make_cards(
            session, keyring, SYSTEM, contest, contest.units[0].unit, place, quantity, now=now - timedelta(days=3)
        )
        unused = unused or codes[-1]
        for code in codes[:2]:
            redeem_card(session, keyring, contest.id, code, now=now)
    this_morning = now - timedelta(hours=4)
    void_batch(session, SYSTEM, made["thôn Bản Luông"], "Mất một xấp thẻ trên đường về thôn.", now=this_morning)
    return unused


def _waiting(
    session: Session, keyring: Keyring, province: Unit, units: list[Unit], hazard: random.Random
) -> tuple[Contest, Approval]:
    """Create a round whose publication waits for approval."""
    now = clock.now()
    contest = _contest(session, province, units, "hoi-dap-cchc", "Hỏi đáp cải cách hành chính các xã vùng cao",
                       first=monday_of(local_date(now)) - timedelta(weeks=2), weeks=1)  # fmt: skip
    _fill(session, keyring, contest.rounds[0], hazard)
    result = confirm_winners(session, contest.rounds[0])
    asker = find_account(session, Stage.__dataclass_fields__["organiser"].default)
    assert asker is not None
    details = {"round": contest.rounds[0].id, "winners": winners_digest(session, result)}
    asked = ask(session, asker, "round.publish", of_round(contest.rounds[0]), details=details,
                reason="Đã gọi đủ năm người, hạng 2 đổi số điện thoại nên gọi qua trưởng thôn.", now=now)  # fmt: skip
    return contest, asked


def _audit_entries(session: Session, office: Office, now: datetime) -> None:
    """Write the audit entries of an officer's morning."""
    officer = find_account(session, Stage.__dataclass_fields__["officer"].default)
    assert officer is not None
    actor = Actor("account", officer.id)
    at = now - timedelta(minutes=150)
    for counter in list_counters(session, office)[:3]:
        about = counter_subject(counter)
        record(session, actor, "counter.reissue", about, before={"revision": 1}, after={"revision": 2}, now=at)
        after = {"new": 1204, "known": 12, "left_out": 3}
        record(session, TERMINAL, "rating.import", about, after=after, now=at + timedelta(minutes=17))
        at += timedelta(minutes=44)
    before, after = {"closed_on": None}, {"closed_on": "2026-11-20"}
    record(session, actor, "counter.close", about, before=before, after=after, reason="Dồn quầy", now=now)


def _accounts(session: Session, keyring: Keyring, province: Unit, now: datetime) -> None:
    empty = create_unit(session, code="99", kind="province", name="tỉnh Lào Cai", valid_from=date(2025, 7, 1))
    made = {"organiser": (Role.ORGANISER, province), "officer": (Role.MANAGER, province),
            "newcomer": (Role.ORGANISER, empty), "new_officer": (Role.MANAGER, empty),
            "administrator": (Role.ADMINISTRATOR, province), "guarded": (Role.APPROVER, province),
            "bare": (Role.APPROVER, province),
            "approver": (Role.APPROVER, province), "inspector": (Role.INSPECTOR, province),
            "new_approver": (Role.APPROVER, empty)}  # fmt: skip
    names = ("Nguyễn Thị Hạnh", "Ma Văn Chiến", "Hoàng A Sùng", "Lý Thị Mẩy", "Trần Thị Bình", "Đặng Quốc Tuấn",
             "Quan Thị Nhung", "Bàn Văn Phúc", "Phạm Thu Hà", "Vũ Đình Khôi")  # fmt: skip
    for name, (field, (role, unit)) in zip(names, made.items(), strict=True):
        email: str = Stage.__dataclass_fields__[field].default
        account = create_account(session, email=email, name=name, password=PASSWORD, role=role, unit=unit, now=now)
        if field == "guarded":
            set_factor(session, keyring, account, Stage.telephone, step=0)
