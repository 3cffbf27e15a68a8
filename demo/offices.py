"""Every commune of the province: an office, three counters, a headcount, and a year of ratings by channel.

The shape follows M-Score in Quảng Bình in the first half of 2016, as published: people called by telephone after their
dossier was done gave 8,7 of 10; the staff's attitude was praised most, unexplained delays blamed most; 9 in 100 had
been sent back repeatedly, 3 in 100 had paid without a receipt. People who scan a code at a counter are less content.
Every other number here is invented.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

from commune.models import Headcount, Office, Unit
from commune.operations.offices import create_office
from commune.queries.units import list_units, list_units_below
from commune.rules.short_names import proper_name
from core.content import ENGLISH, add_texts
from core.values.place import place_key
from core.values.text import free_slug
from core.values.week import local_date, monday_of
from demo.comments import COMMENTS
from demo.lam_binh_dossiers import load_dossiers
from demo.lam_binh_office import SLOW, STORIES, WEEKS, Shares, rate_few, rate_lam_binh, send_a_burst
from demo.units import Units
from demo.world import World
from survey.counter.models import Counter
from survey.counter.operations.counters import add_counter
from survey.instrument.rules import quick
from survey.instrument.rules.levels import Level
from survey.rating.operations.many import Rated, rebuild_tallies, store_ratings
from survey.rating.operations.record import Opinion
from survey.rating.rules.channels import Channel

HOST = "Ủy ban Mặt trận Tổ quốc Việt Nam {}"
NAME = "Trung tâm Phục vụ hành chính công {}"
HOTLINE = "0207 000 0000"
ENGLISH_NAME = "{} Commune Public Service Centre"
ENGLISH_HOST = "Vietnam Fatherland Front Committee of {} Commune"
ENGLISH_COUNTERS = ("Civil status", "Land and environment", "Labour, merit and social protection")
"""Names in English, which the offices of PEOPLE have."""
ILLUSTRATIVE = "Số liệu minh họa"
COUNTED = date(2026, 1, 1)
PEOPLE = {"xã Lâm Bình": 14_300, "xã Thượng Lâm": 9_700, "xã Bình An": 8_800, "xã Minh Quang": 19_500}
USUAL_PEOPLE, PEOPLE_SPREAD = 15_000, 0.35
DETAILED, SMALL = "xã Lâm Bình", "xã Thượng Lâm"
"""The office with a detailed story for each counter, and the one with too few ratings to be shown."""

WEEKLY = {Channel.OPEN: 2.3, Channel.PHONE: 0.55, Channel.PAPER: 0.3}
"""Ratings of a counter of usual size in a week: about ten scans and two telephone calls a month."""
WEEKLY_IN_TOWN = {Channel.CODE: 0.9, Channel.KIOSK: 1.6}
"""Additional channels in offices of wards."""
USUAL: dict[Channel, Shares] = {
    Channel.OPEN: (5, 9, 14, 34, 38), Channel.CODE: (3, 6, 11, 33, 47), Channel.KIOSK: (4, 6, 12, 30, 48),
    Channel.PHONE: (1.4, 3.6, 7.5, 31, 56.5), Channel.PAPER: (1, 2, 8, 37, 52),
}  # fmt: skip
QUALITY_SPREAD = 0.16
"""The spread between offices, on a scale on which 1 would triple the odds of each better level."""
TICKED = {
    quick.ATTITUDE: (0.05, 0.38), quick.GUIDANCE: (0.18, 0.24), quick.WAITING: (0.22, 0.08),
    quick.PROCESSING: (0.48, 0.12), quick.TRIPS: (0.50, 0.066), quick.COST: (0.20, 0.02),
    quick.FACILITIES: (0.08, 0.03),
}  # fmt: skip
"""How often a reason is ticked by dissatisfied people, and by all others."""
WRITES = 0.03
DAYS = 5


@dataclass(frozen=True)
class CounterVisitors:
    """The visitors of a counter: ratings per week by channel, and their shares of levels."""

    counter: Counter
    weekly: dict[Channel, float]
    shares: dict[Channel, list[float]]


def load_offices(world: World, units: Units) -> None:
    """Load the whole province."""
    today = local_date(world.now)
    first = monday_of(today) - timedelta(weeks=WEEKS)
    communes = list_units(world.session, list_units_below(world.session, frozenset({units.province.id})), today)
    communes = [unit for unit in communes if unit.id != units.province.id]
    taken: set[str] = set()
    crowds: list[CounterVisitors] = []
    stuffed: list[Counter] = []
    for unit in communes:
        counters = _open(world, unit, taken, first)
        if unit.name == DETAILED:
            stuffed = counters
            rate_lam_binh(world, counters, first)
            load_dossiers(world, counters[0].office)
            crowds += _crowds(world, unit, counters, but=Channel.OPEN)
        elif unit.name == SMALL:
            rate_few(world, counters[0])
        else:
            crowds += _crowds(world, unit, counters)
    store_ratings(world.session, world.keyring, (rated for crowd in crowds for rated in _year(world, crowd, first)))
    rebuild_tallies(world.session, *(crowd.counter for crowd in crowds))
    send_a_burst(world, stuffed[SLOW - 1], monday_of(today) - timedelta(weeks=1))
    world.say(f"  {len(communes)} cơ quan, mỗi cơ quan {len(STORIES)} quầy, một năm đánh giá theo từng kênh")


def _open(world: World, unit: Unit, taken: set[str], first: date) -> list[Counter]:
    """Create an office with its counters and headcount."""
    slug = free_slug(place_key(unit.name), taken)
    taken.add(slug)
    office: Office = create_office(
        world.session, unit, slug=slug, name=NAME.format(unit.name), host=HOST.format(unit.name), hotline=HOTLINE,
        is_illustrative=True,
    )  # fmt: skip
    people = PEOPLE.get(unit.name) or round(world.chance.lognormvariate(0, PEOPLE_SPREAD) * USUAL_PEOPLE)
    world.session.add(Headcount(unit_id=unit.id, as_of=COUNTED, people=people, source=ILLUSTRATIVE))
    counters = [
        add_counter(world.session, office, number=number, name=story.name, today=first)
        for number, story in enumerate(STORIES, start=1)
    ]
    if unit.name in PEOPLE:
        _name_in_english(world, office, counters, unit.name)
    return counters


def _name_in_english(world: World, office: Office, counters: list[Counter], unit: str) -> None:
    """Give an office and its counters names in English too."""
    place = proper_name(unit)
    texts = {"name": ENGLISH_NAME.format(place), "host": ENGLISH_HOST.format(place)}
    add_texts(world.session, office, ENGLISH, texts)
    for counter, name in zip(counters, ENGLISH_COUNTERS, strict=True):
        add_texts(world.session, counter, ENGLISH, {"name": name})


def _crowds(world: World, unit: Unit, counters: list[Counter], but: Channel | None = None) -> list[CounterVisitors]:
    quality = world.chance.gauss(0, QUALITY_SPREAD)
    size = world.chance.lognormvariate(0, 0.3)
    channels = WEEKLY | (WEEKLY_IN_TOWN if unit.kind == "ward" else {})
    weekly = {channel: mean * size for channel, mean in channels.items() if channel is not but}
    shares = {
        channel: [share * exp(quality * level) for level, share in enumerate(USUAL[channel])] for channel in weekly
    }
    return [CounterVisitors(counter, weekly, shares) for counter in counters]


def _year(world: World, crowd: CounterVisitors, first: date) -> Iterator[Rated]:
    """Yield every rating of a counter in the order of the weeks."""
    chance, today = world.chance, local_date(world.now)
    for week in range(WEEKS + 1):
        for channel, mean in crowd.weekly.items():
            for _ in range(chance.poisson(mean)):
                day = first + timedelta(weeks=week, days=chance.randrange(DAYS))
                opinion = _opinion(world, crowd, channel)
                if day < today:
                    yield Rated(crowd.counter.id, opinion, channel, day, chance.code(), chance.id())


def _opinion(world: World, crowd: CounterVisitors, channel: Channel) -> Opinion:
    chance = world.chance
    level = chance.pick(LEVELS, crowd.shares[channel])
    column = int(level > Level.DISSATISFIED)
    reasons = [reason for reason, odds in TICKED.items() if chance.random() < odds[column]]
    written = WRITTEN[level] if chance.random() < WRITES else ()
    return Opinion(level, reasons, chance.choice(written) if written else "")


LEVELS = list(Level)
WRITTEN = {level: [comment.text for comment in COMMENTS if comment.level == level] for level in Level}
