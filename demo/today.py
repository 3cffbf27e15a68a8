"""Two contests of today: one in its fourth round, one that closes tonight.

Of the other rounds of the second one, the first waits for a decision on a cluster, the next to be closed.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from sqlalchemy import select

from commune.models import Headcount, Unit
from core.content import Texts
from core.values.week import day_start, local_date, monday_of
from demo.bank import LATEST_IN_ENGLISH, ask_in_both, deal, read_bank
from demo.papers import InventedPaper, hours_of, human_guess, mistakes_of
from demo.people import Member, People
from demo.rows import close_for_review, hand_in, publish, register
from demo.units import Units
from demo.world import World
from quiz.contest.models import Contest, Round
from quiz.contest.operations.contest import ContestPlan, add_contest
from quiz.contest.operations.headcounts import copy_headcounts
from quiz.contest.rules.presets import PRESETS
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import NOON

MAIN = "cai-cach-hanh-chinh-"
"""The address of the larger contest, before its year."""
WEEK = timedelta(days=7)
WEEKS_HELD, WEEKS = 3, 6
"""The rounds of the larger contest that are over, and all of them."""
FIRST_WEEK = {
    "xã Lâm Bình": 96,
    "xã Thượng Lâm": 82,
    "xã Bình An": 58,
    "xã Minh Quang": 61,
    "xã Nà Hang": 66,
    "xã Chiêm Hóa": 71,
    "xã Thượng Nông": 24,
    "xã Yên Hoa": 22,
    "xã Hồng Thái": 31,
    "xã Kiên Đài": 9,
    "xã Côn Lôn": 14,
    "xã Tân Mỹ": 4,
}
GROWTH = (1.0, 1.12, 1.3)
"""The people of each finished round, by those of the first."""
DRIFT = 0.22
"""How differently communes take part from week to week, so that they change places."""
SO_FAR = 180
AN_HOUR = 8
"""The most papers per waking hour of the present round, which may have just begun."""
LATELY = 24
"""Papers of the last few hours."""
FEW_HOURS = 6
SMALL = {"xã Thượng Lâm": 62}
LAST_DAY = 48
"""Papers of the round that closes tonight."""
SCRIPTED = 12
"""Papers of one script in the round that waits for a decision."""
SECOND = timedelta(seconds=1)
TIERS = [Tier("Giải Nhất", 1, 500_000), Tier("Giải Nhì", 2, 300_000), Tier("Giải Ba", 3, 200_000)]
RULES = replace(PRESETS["lam-binh"], shuffles=True)
SUMMARY_EN = "Ten questions and one guess each week. The people and results here are illustrative."
SUMMARY = "Mỗi tuần mười câu hỏi và một câu dự đoán. Người dự thi và kết quả ở đây là số liệu minh họa."


def english_of(title: str) -> Texts:
    """Return the English of the contest of xã Lâm Bình."""
    return {"title": title, "summary": SUMMARY_EN, "organiser": "Organising Committee, Lâm Bình Commune"}


def load_today(world: World, units: Units) -> None:
    """Load both contests."""
    monday = monday_of(local_date(world.now))
    _load_open(world, units, monday)
    _load_closing(world, units)


def take_headcounts(world: World, units: Units) -> None:
    """Give the larger contest the headcounts that were stored with the offices, after its first registration."""
    larger = select(Contest.id).where(Contest.slug.startswith(MAIN))
    mine = Headcount.unit_id.in_([unit.id for unit in units.communes.values()])
    copy_headcounts(world.session, world.session.scalars(larger).one(), 1, mine, local_date(world.now))


def _load_open(world: World, units: Units, monday: date) -> None:
    home = units.communes["xã Lâm Bình"]
    year = local_date(world.now).year
    contest = _create(
        world, home, list(units.communes.values()), slug=f"{MAIN}{year}",
        title=f"Tìm hiểu cải cách hành chính vùng hồ Lâm Bình năm {year}", first_day=monday - WEEKS_HELD * WEEK,
        weeks=WEEKS, english=english_of(f"Administrative Reform in Lâm Bình Lakeland {year}"),
    )  # fmt: skip
    deal(world, contest.rounds, read_bank("common", "in_2026", "digital"))
    held, present = contest.rounds[:WEEKS_HELD], contest.rounds[WEEKS_HELD]
    ask_in_both(world, held[-1], LATEST_IN_ENGLISH)
    ask_in_both(world, present)
    people = People(world.chance, year)
    pools = {name: people.village(units.communes[name], round(count * 1.7)) for name, count in FIRST_WEEK.items()}
    papers = [_papers(world, round, _came(world, pools, growth)) for round, growth in zip(held, GROWTH, strict=True)]
    this_week = _so_far(world, present, [member for pool in pools.values() for member in pool])
    first_seen = {paper.member: paper.started_at for paper in this_week}
    first_seen |= {paper.member: paper.started_at for week in reversed(papers) for paper in week}
    crowd = register(world, contest, first_seen)
    for each, week in zip(held, papers, strict=True):
        hand_in(world, each, week, crowd)
        publish(world, each)
    hand_in(world, present, this_week, crowd)
    turns = ", ".join(str(len(week)) for week in papers)
    world.say(f"  {contest.title}: {len(held)} tuần có {turns} lượt, tuần này đến giờ {len(this_week)} lượt")


def _came(world: World, pools: dict[str, list[Member]], growth: float) -> list[Member]:
    """Return who takes part in a week: *growth* times those of the first, more or less by commune."""
    came = []
    for name, pool in pools.items():
        count = round(FIRST_WEEK[name] * growth * world.chance.lognormvariate(0, DRIFT))
        came += _some(world, pool, min(count, len(pool)))
    return came


def _load_closing(world: World, units: Units) -> None:
    """Load three rounds that begin on the weekday of tomorrow, so that the last one closes tonight on any day."""
    home, tonight = units.communes["xã Thượng Lâm"], day_start(local_date(world.now) + timedelta(days=1))
    contest = _create(
        world, home, [home], slug="chuyen-doi-so-thuong-lam", title="Tìm hiểu chuyển đổi số xã Thượng Lâm",
        first_day=local_date(tonight - 3 * WEEK), weeks=3,
        english={"title": "Digital Transformation in Thượng Lâm Commune"},
    )  # fmt: skip
    for round, closes_at in zip(contest.rounds, (tonight - 2 * WEEK, tonight - WEEK, tonight), strict=True):
        round.opens_at, round.closes_at, round.results_at = closes_at - WEEK, closes_at, closes_at + NOON
    deal(world, contest.rounds, read_bank("digital"))
    people = People(world.chance, local_date(world.now).year)
    members = [member for name, count in SMALL.items() for member in people.village(units.communes[name], count)]
    reviewed, first, second = contest.rounds
    papers, this_week = _papers(world, first, members), _so_far(world, second, members, most=LAST_DAY)
    earlier = _with_a_script(_papers(world, reviewed, members))
    crowd = register(world, contest, {paper.member: paper.started_at for paper in this_week + papers + earlier})
    hand_in(world, reviewed, earlier, crowd)
    close_for_review(world, reviewed)
    hand_in(world, first, papers, crowd)
    hand_in(world, second, this_week, crowd)
    state = f"tuần 1 chờ rà soát; tuần 2 có {len(papers)} lượt, chờ chốt; tuần 3 đóng lúc nửa đêm nay"
    world.say(f"  {contest.title}: {state}")


def _with_a_script(papers: list[InventedPaper]) -> list[InventedPaper]:
    """Return *papers*, the first of them all right in some seconds, one after the other, with the same guess."""
    began, guess = papers[0].started_at, papers[0].guess
    made = [
        replace(paper, started_at=began + at * 11 * SECOND, duration_ms=6_200 + 130 * at, mistakes=0, guess=guess)
        for at, paper in enumerate(papers[:SCRIPTED])
    ]
    return made + papers[SCRIPTED:]


def _create(
    world: World,
    home: Unit,
    entering: list[Unit],
    *,
    slug: str,
    title: str,
    first_day: date,
    weeks: int,
    english: Texts | None = None,
) -> Contest:
    plan = ContestPlan(
        slug=slug, title=title, organiser=f"Ban Tổ chức cuộc thi {home.name}", rules=RULES,
        first_day=first_day, weeks=weeks, limit_seconds=900, tiers=TIERS, hotline="0207 000 0000",
        summary=SUMMARY, is_illustrative=True, english=english or {},
    )  # fmt: skip
    return add_contest(world.session, home, entering, plan)


def _some(world: World, pool: list[Member], count: int) -> list[Member]:
    return world.chance.take(pool, [member.eager for member in pool], count)


def _papers(world: World, round: Round, members: list[Member]) -> list[InventedPaper]:
    """Return a whole round's papers."""
    hours, weights = hours_of(round.opens_at, round.closes_at)
    return _at_hours(world, members, [world.chance.pick(hours, weights) for _ in members])


def _so_far(world: World, round: Round, members: list[Member], most: int = SO_FAR) -> list[InventedPaper]:
    """Return the papers of a running round: none later than now, two dozen in the last hours."""
    hours, weights = hours_of(round.opens_at, world.now)
    count = min(most, AN_HOUR * len(hours))
    lately = min(LATELY, count // 2)
    chosen = [world.chance.pick(hours[-FEW_HOURS:], weights[-FEW_HOURS:]) for _ in range(lately)]
    chosen += [world.chance.pick(hours, weights) for _ in range(count - lately)]
    return _at_hours(world, _some(world, members, count), chosen)


def _at_hours(world: World, members: list[Member], hours: list[datetime]) -> list[InventedPaper]:
    chance = world.chance
    perfect = set(chance.take(members, [member.skill for member in members], round(len(members) * 0.34)))
    return [
        InventedPaper(
            member=member,
            started_at=chance.later(hour, 3600),
            duration_ms=int(chance.between(75, 880, 290, 0.42) * 1000),
            mistakes=0 if member in perfect else mistakes_of(chance),
            guess=human_guess(chance, max(1, round(len(members) * 0.34))),
        )
        for member, hour in zip(members, hours, strict=True)
    ]
