"""The office of xã Lâm Bình in detail: a year of ratings through the open code and the real operation.

Most people are content; the land counter is slow without explaining, which people blame most, and has improved lately.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.values.week import day_start
from demo.comments import COMMENTS, Comment
from demo.world import World
from survey.counter.models import Counter
from survey.instrument.rules import quick
from survey.instrument.rules.levels import Level
from survey.rating.operations.record import Opinion, record_rating
from survey.rating.operations.senders import Sender
from survey.rating.rules.channels import Channel

WEEKS = 52
Shares = tuple[float, float, float, float, float]
"""The percentage that gives each level, from 1 to 5."""


@dataclass(frozen=True)
class Story:
    """A counter's year: ratings per week, and the shares of levels at its beginning and at its end."""

    name: str
    weekly: tuple[int, int]
    before: Shares
    after: Shares


STORIES = (
    Story("Tư pháp, hộ tịch", (6, 9), (1, 4, 12, 39, 44), (1, 3, 10, 38, 48)),
    Story("Đất đai, môi trường", (4, 9), (14, 24, 22, 28, 12), (4, 9, 16, 41, 30)),
    Story("Lao động, người có công, bảo trợ xã hội", (3, 5), (2, 4, 12, 42, 40), (1, 4, 11, 42, 42)),
)
PRAISED = {quick.ATTITUDE: 60, quick.GUIDANCE: 38, quick.PROCESSING: 22, quick.WAITING: 14, quick.TRIPS: 9}
BLAMED = {
    quick.PROCESSING: 44, quick.TRIPS: 26, quick.WAITING: 24, quick.GUIDANCE: 16, quick.ATTITUDE: 9,
    quick.FACILITIES: 8, quick.COST: 4,
}  # fmt: skip
SLOW = 2
"""The number of the counter where processing is blamed twice as often."""
IN_A_BURST = 15
SILENT = 0.35
"""The share of people who tick no reason."""


def rate_lam_binh(world: World, counters: Sequence[Counter], first: date) -> None:
    """Rate the counters of xã Lâm Bình for a year from the Monday *first* on, with comments."""
    for counter, story in zip(counters, STORIES, strict=True):
        rated = _year(world, counter, story, day_start(first))
        world.say(f"  xã Lâm Bình, quầy {counter.number} {counter.name}: {rated} lượt quét mã")


def send_a_burst(world: World, counter: Counter, monday: date) -> None:
    """Send fifteen best ratings from one phone within minutes: three count, a dozen wait for the inspector.

    Source: what a member of staff under pressure might do at the counter that is rated worst.
    """
    begun = day_start(monday + timedelta(days=3)) + timedelta(hours=11, minutes=20)
    phone = Sender(page="demo", browser="demo", device="demo", network="demo")
    for at in range(IN_A_BURST):
        _rate(world, counter, Opinion(Level.VERY_SATISFIED), begun + timedelta(seconds=25 * at), phone)


def rate_few(world: World, counter: Counter) -> None:
    """Add four ratings, too few to be shown."""
    for level in (5, 4, 4, 3):
        _rate(world, counter, Opinion(Level(level)), world.now - timedelta(days=world.chance.randrange(1, 6)))


def _year(world: World, counter: Counter, story: Story, start: datetime) -> int:
    """Store every rating of *counter* in order of time; return how many."""
    moments = sorted(
        moment
        for week in range(WEEKS + 1)
        for moment in _moments(world, start + timedelta(weeks=week), world.chance.randint(*story.weekly))
        if moment <= world.now
    )
    written = _places(world, counter, len(moments))
    for at, moment in enumerate(moments):
        comment = written.get(at)
        opinion = _said(comment) if comment else _opinion(world, counter, story, at / len(moments))
        _rate(world, counter, opinion, moment)
    return len(moments)


def _moments(world: World, monday: datetime, count: int) -> list[datetime]:
    """Return moments within office hours, 07:30 to 16:30 from Monday to Friday."""
    opening = timedelta(hours=7, minutes=30)
    return [
        world.chance.later(monday + timedelta(days=world.chance.randrange(5)) + opening, 9 * 3600) for _ in range(count)
    ]


def _places(world: World, counter: Counter, size: int) -> dict[int, Comment]:
    """Return which rating of the counter has which comment."""
    places: dict[int, Comment] = {}
    for comment in COMMENTS:
        if comment.counter == counter.number:
            fitting = range(int(comment.since * size), int(comment.until * size))
            places[world.chance.choice([at for at in fitting if at not in places])] = comment
    return places


def _said(comment: Comment) -> Opinion:
    return Opinion(comment.level, comment.reasons, comment.text)


def _opinion(world: World, counter: Counter, story: Story, progress: float) -> Opinion:
    """Return one opinion, at *progress* (0 to 1) of the counter's year."""
    pairs = zip(story.before, story.after, strict=True)
    level = world.chance.pick(list(Level), [old + (new - old) * progress for old, new in pairs])
    weights = PRAISED if level >= Level.SATISFIED else BLAMED
    if world.chance.random() < SILENT:
        return Opinion(level)
    slow = {quick.PROCESSING: 2 * BLAMED[quick.PROCESSING]} if counter.number == SLOW and weights is BLAMED else {}
    chances = weights | slow
    count = world.chance.pick((1, 2), (70, 30))
    return Opinion(level, world.chance.take(list(chances), list(chances.values()), count))


def _rate(world: World, counter: Counter, opinion: Opinion, moment: datetime, sender: Sender | None = None) -> None:
    record_rating(
        world.session, world.keyring, counter, opinion, channel=Channel.OPEN, receipt=world.chance.code(), now=moment,
        id=world.chance.id(), sender=sender,
    )  # fmt: skip
