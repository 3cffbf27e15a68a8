"""A contest of the stage in which people, and units, are equal in everything, so that public draws decide."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from account.operations.audit import SYSTEM
from bench.stage.parts import confirm_winners, question, submit
from commune.models import Unit
from core.crypto import Keyring, new_code
from core.values.week import local_date, monday_of
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.contest import ContestPlan, add_contest, set_questions
from quiz.contest.operations.registration import Identity, register_participant
from quiz.contest.rules.consent import Purpose
from quiz.contest.rules.presets import PRESETS
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms
from quiz.results.operations.closing import Call, apply_call, mark_published
from quiz.results.operations.draw import Written, record_round_draw
from quiz.results.queries.result import find_result, list_winners
from quiz.results.queries.tie_groups import read_tie_groups
from quiz.results.rules.draws import DrawRecord
from quiz.results.rules.number_draws import NumberRecord

NAMES = ("Giàng A Páo", "Hoàng Thị Mẩy", "Nông Văn Sơn", "Triệu Thị Dung", "Ma Văn Chiến", "Bàn Thị Khuyên")
RIGHT = (3, 3, 3, 3, 2, 1)
ASKED = (
    ("Gặp cháy rừng thì gọi số nào?", ("114", "113", "115"), "Gọi 114, báo kiểm lâm và UBND xã."),
    (
        "Muốn khai thác gỗ rừng tự nhiên thì phải được ai cho phép?",
        ("Cơ quan có thẩm quyền", "Trưởng thôn", "Không cần ai"),
        "Khai thác gỗ rừng tự nhiên phải được cơ quan có thẩm quyền cho phép.",
    ),
    (
        "Việc nào bị cấm trong rừng?",
        ("Săn bắt động vật hoang dã trái phép", "Trồng thêm cây", "Tuần tra bảo vệ rừng"),
        "Luật Lâm nghiệp cấm săn bắt động vật rừng trái pháp luật.",
    ),
)
PRIZES = (Tier("Giải Nhất", 1, 1_000_000), Tier("Giải Nhì", 2, 500_000))
OF_UNITS = (Tier("Giải Nhất tập thể", 1, 3_000_000), Tier("Giải Nhì tập thể", 1, 2_000_000))
SOURCE = "giải Đặc biệt Xổ số miền Bắc"
WITNESSES = ("Ông Lò Văn Tâm, Ủy ban MTTQ xã", "Bà Hà Thị Lan, Bí thư Đoàn xã")


@dataclass(frozen=True)
class DrawnContest:
    """Its address, the address of one of units alone, and the receipts of somebody who drew a prize and who waits."""

    slug: str
    units: str
    won: str
    waits: str


def build_drawn(session: Session, keyring: Keyring, province: Unit, units: list[Unit], now: datetime) -> DrawnContest:
    """Create a contest with a week that was drawn and published, and one that was published and waits; and one whose
    units are equal.
    """
    won, waits = new_code(), new_code()
    contest = _contest(session, province, units, "hieu-biet-phap-luat", 2, now)
    for round, receipt in zip(contest.rounds, (won, waits), strict=True):
        _fill(session, keyring, round, receipt, at=len(NAMES))
        confirm_winners(session, round)
    _draw(session, contest.rounds[0])
    equal = _contest(session, province, units, "thon-ban-thi-tai", 1, now, source=SOURCE)
    _fill(session, keyring, equal.rounds[0], new_code(), at=4)
    confirm_winners(session, equal.rounds[0])
    _draw(session, equal.rounds[0])
    for round in (*contest.rounds, *equal.rounds):
        later = timedelta(hours=44 if round.declared.draw_source else 11)
        mark_published(session, round, now=round.closes_at + later)
    return DrawnContest(contest.slug, equal.slug, won, waits)


def _draw(session: Session, round: Round) -> None:
    """Record the draw of the tie: tickets by hand, or the number where the rules name a source."""
    held = round.closes_at + timedelta(hours=10)
    written: Written = DrawRecord(local_date(held), "Hội trường UBND xã", WITNESSES, (3, 1, 4, 2))
    if round.declared.draw_source:
        held = round.closes_at + timedelta(hours=43)
        written = NumberRecord(local_date(held), "04821")
    [group] = read_tie_groups(session, round).waiting
    record_round_draw(session, SYSTEM, round, group.key, written, reason="", now=held)
    result = find_result(session, round)
    for winner in list_winners(session, result) if result else ():
        apply_call(session, round, winner.participant_id, Call.CONFIRM, now=held)


def _contest(
    session: Session, unit: Unit, units: list[Unit], slug: str, weeks: int, now: datetime, source: str | None = None
) -> Contest:
    plan = ContestPlan(
        slug=slug,
        title="Thi tìm hiểu pháp luật về bảo vệ rừng" if weeks > 1 else "Thôn, bản thi tài hiểu luật",
        organiser="Sở Tư pháp tỉnh Tuyên Quang",
        first_day=monday_of(local_date(now)) - timedelta(weeks=weeks + 1),
        weeks=weeks,
        rules=replace(PRESETS["guess"], draw_source=source, draw_digits=5 if source else None),
        limit_seconds=600,
        hotline="0207 3 822 456",
        is_illustrative=True,
        terms=PrizeTerms(measure=CollectiveMeasure.PEOPLE),
        tiers=PRIZES,
        collective=OF_UNITS,
    )
    contest = add_contest(session, unit, units[:4], plan)
    asked = [question(*each) for each in ASKED]
    for round in contest.rounds:
        set_questions(session, round, asked, now=round.opens_at - timedelta(days=1))
    return contest


def _fill(session: Session, keyring: Keyring, round: Round, receipt: str, *, at: int) -> None:
    """Submit the papers of the first *at* people, of whom four are equal; the first one has *receipt*."""
    for place in range(at):
        start = round.opens_at + timedelta(hours=9 + place)
        person = _person(session, keyring, round.contest, place, start, number=round.number)
        submit(
            session,
            keyring,
            round,
            person,
            started_at=start,
            seconds=150,
            receipt=receipt if place == 2 else new_code(),
            correct=RIGHT[place],
            guess=20,
        )


def _person(
    session: Session, keyring: Keyring, contest: Contest, place: int, at: datetime, *, number: int
) -> Participant:
    who = Identity(
        name=NAMES[place],
        phone=f"0977{place}{number}{len(contest.slug):02}{(place * 37 + 18) % 100:02}",
        birth_year=1980,
    )
    return register_participant(
        session,
        keyring,
        contest,
        who,
        unit_id=contest.units[place % 4].unit_id,
        code=new_code(),
        now=at,
        agreed=[Purpose.TAKING_PART, Purpose.NAMED],
    )
