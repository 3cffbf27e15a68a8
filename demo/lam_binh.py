"""The contest of Lâm Bình 2023, rebuilt with its exact published totals; everything else is invented."""

from dataclasses import dataclass
from datetime import date

from commune.models import Unit
from demo.bank import deal, read_bank
from demo.chance import apportion
from demo.papers import InventedPaper, hours_of, human_guess, mistakes_of
from demo.people import Member, People
from demo.published import PERFECT, TURNS_BY_UNIT, WEEKS
from demo.rows import hand_in, publish, register
from demo.season_prizes import decide_season_prizes
from demo.unit_prizes import decide_unit_prizes
from demo.units import TOWNSHIP, Units
from demo.world import World
from quiz.contest.models import Contest, Round
from quiz.contest.operations.contest import ContestPlan, add_contest
from quiz.contest.rules.presets import PRESETS
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.terms import CollectiveMeasure, PrizeTerms

FIRST_DAY = date(2023, 6, 5)
SUMMARY = (
    "Dựng lại từ số liệu đã công bố: 11.963 lượt dự thi, 3.914 bài trả lời đúng tất cả, số lượt của bốn đơn vị đứng "
    "đầu, tám tuần thi, năm cá nhân đạt giải Nhất tuần, một giải Nhất cá nhân cả cuộc thi và giải Nhất tập thể của xã "
    "Xuân Lập. Phần còn lại là số liệu minh họa: mọi họ tên, số người dự thi, số lượt từng tuần và của các xã còn lại, "
    "thời gian làm bài, dự đoán và ngày quyết định hai giải sau."
)
SLUG = "lam-binh-2023"
SMALL_UNITS = {
    "xã Khuôn Hà": 512, "xã Thổ Bình": 428, "xã Hồng Quang": 371, "xã Bình An": 322, "xã Minh Quang": 268,
    "xã Phúc Sơn": 227,
}  # fmt: skip
WEEK_SIZE = (10, 11.5, 12.5, 13, 13, 13, 13, 14)
PERFECT_RATE = (24, 27, 30, 33, 35, 36, 37, 39)
STAR_UNITS = ("xã Xuân Lập", "xã Phúc Yên", "xã Xuân Lập", TOWNSHIP, "xã Thượng Lâm")
STAR_OF_WEEK = (0, 1, 0, 2, 3, 1, 0, 4)
"""Which of the five wins the first prize of each week."""
CLOSE_WEEKS = (2, 5)
"""Weeks that the guess decides, since another participant was exactly as fast."""
WINNING_SECONDS = (92, 108)
OTHER_SECONDS = (112, 880)


@dataclass(frozen=True)
class Week:
    """The plan of a week: its participants, and how many of them have everything right."""

    number: int
    members: list[Member]
    star: Member
    perfect: int


def load_lam_binh(world: World, units: Units) -> Contest:
    """Load the whole contest, closed and published week by week through the real operations."""
    contest = _create(world, units)
    deal(world, contest.rounds, read_bank("common", "in_2023"))
    weeks = _plan_weeks(world, units)
    papers = [_papers(world, round, week) for round, week in zip(contest.rounds, weeks, strict=True)]
    first_seen = {paper.member: paper.started_at for week in reversed(papers) for paper in week}
    crowd = register(world, contest, first_seen)
    world.say(f"  {len(first_seen)} người dự thi (minh họa)")
    for round, handed in zip(contest.rounds, papers, strict=True):
        hand_in(world, round, handed, crowd)
        publish(world, round)
        world.say(f"  tuần {round.number}: {len(handed)} lượt, đã chốt và công bố")
    decide_unit_prizes(world, contest)
    decide_season_prizes(world, contest)
    return contest


def _create(world: World, units: Units) -> Contest:
    plan = ContestPlan(
        slug=SLUG,
        title="Tìm hiểu cải cách hành chính huyện Lâm Bình năm 2023",
        organiser="Ban Tổ chức cuộc thi, Ủy ban nhân dân huyện Lâm Bình",
        rules=PRESETS["lam-binh"],
        first_day=FIRST_DAY,
        weeks=WEEKS,
        limit_seconds=900,
        tiers=[Tier("Giải Nhất", 1)],
        season=[Tier("Giải Nhất chung cuộc", 1)],
        collective=[Tier("Giải Nhất tập thể", 1)],
        terms=PrizeTerms(measure=CollectiveMeasure.TURNS),
        summary=SUMMARY,
        is_illustrative=True,
    )
    return add_contest(world.session, units.district, units.old_communes.values(), plan)


def _plan_weeks(world: World, units: Units) -> list[Week]:
    by_unit = {
        units.old_communes[name]: _turns_by_week(world, total) for name, total in (TURNS_BY_UNIT | SMALL_UNITS).items()
    }
    people = People(world.chance, FIRST_DAY.year)
    pools = {unit: people.village(unit, round(max(turns) * 1.45)) for unit, turns in by_unit.items()}
    stars = _stars(units, pools)
    sizes = [sum(turns[week] for turns in by_unit.values()) for week in range(WEEKS)]
    perfect = apportion(PERFECT, [size * rate for size, rate in zip(sizes, PERFECT_RATE, strict=True)])
    weeks: list[Week] = []
    for number, place in enumerate(STAR_OF_WEEK):
        before = set(weeks[-1].members) if weeks else set()
        members = [
            member
            for unit, turns in by_unit.items()
            for member in _take_part(world, pools[unit], turns[number], before, stars[place])
        ]
        weeks.append(Week(number, members, stars[place], perfect[number]))
    return weeks


def _turns_by_week(world: World, total: int) -> list[int]:
    return apportion(total, [size * world.chance.uniform(0.85, 1.15) for size in WEEK_SIZE])


def _stars(units: Units, pools: dict[Unit, list[Member]]) -> list[Member]:
    """Return five different people of the units that had winners."""
    return [pools[units.old_communes[name]][at] for at, name in enumerate(STAR_UNITS)]


def _take_part(world: World, pool: list[Member], count: int, before: set[Member], star: Member) -> list[Member]:
    """Return *count* of *pool*: eager people and those of the week before are likelier, and this week's winner is among
    them.
    """
    weights = [_pull(member, before, star) for member in pool]
    return world.chance.take(pool, weights, count)


def _pull(member: Member, before: set[Member], star: Member) -> float:
    if member == star:
        return 1e6
    return member.eager * (4 if member in before else 1)


def _papers(world: World, round: Round, week: Week) -> list[InventedPaper]:
    chance = world.chance
    weights = [_likely(member, week.star) for member in week.members]
    perfect = chance.take(week.members, weights, week.perfect)
    seconds = {member: chance.between(*OTHER_SECONDS, 285, 0.42) for member in week.members}
    guesses = {member: human_guess(chance, week.perfect) for member in week.members}
    seconds[week.star] = chance.randint(*WINNING_SECONDS)
    if week.number in CLOSE_WEEKS:
        rival = next(member for member in perfect if member != week.star)
        seconds[rival] = seconds[week.star]
        guesses[week.star], guesses[rival] = week.perfect - 4, week.perfect + 11
    hours = hours_of(round.opens_at, round.closes_at)
    right = set(perfect)
    return [
        InventedPaper(
            member=member,
            started_at=chance.later(chance.pick(*hours), 3600),
            duration_ms=int(seconds[member]) * 1000 + chance.randrange(1000),
            mistakes=0 if member in right else mistakes_of(chance),
            guess=guesses[member],
        )
        for member in week.members
    ]


def _likely(member: Member, star: Member) -> float:
    return 1e6 if member == star else member.skill
