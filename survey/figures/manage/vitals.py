"""The few numbers at the head of a page of figures, each with a note and a small course."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from core.charts.bars import Spark, spark
from core.values.dates import day
from core.values.numbers import decimal, percent, percent_sign, thousands
from survey.figures.rules.recent import WINDOW, NewRatings, course_of, group_of
from survey.figures.rules.shift import Shift, shift
from survey.rating.rules.release import MINIMUM

RECENT, NEW = lazy_gettext("Hài lòng, 4 tuần qua"), lazy_gettext("Lượt mới tuần qua")
FEW = lazy_gettext("Chưa đủ 5 lượt để công bố")
LEAST_SPAN = 0.1
"""The least height of a course of shares: a tenth, so that chance does not look like a mountain."""


@dataclass(frozen=True)
class Vital:
    """One number that matters: its noun, a note, and its course with the first and the last value in words."""

    title: str
    value: str
    unit: str = ""
    note: str = ""
    course: Spark | None = None
    ends: tuple[str, str] = ("", "")
    address: str = ""
    link: str = ""


def recent_share(title: str, batches: Collection[NewRatings], monday: date) -> Vital:
    """Return the share of the last four weeks before *monday*, its course, and whether it has changed."""
    now, before = group_of(batches, monday), group_of(batches, monday - timedelta(weeks=WINDOW))
    if now.n < MINIMUM:
        return Vital(title, "–", note=str(FEW))
    found = shift(before, now) if before.n >= MINIMUM else None
    note = f"{shift_words(found)} · {_('%(n)s lượt', n=thousands(now.n))}"
    return Vital(title, decimal(100 * now.share), percent_sign(), note, *share_course(batches, monday))


def share_course(batches: Collection[NewRatings], monday: date) -> tuple[Spark | None, tuple[str, str]]:
    """Return the course of the shares of four weeks each, with its first and last value in words; None below two."""
    shares = [each.share for each in course_of(batches, monday, WINDOW) if each.n >= MINIMUM]
    if len(shares) < 2:
        return None, ("", "")
    return _course(shares), (percent(shares[0], 0), percent(shares[-1], 0))


def recent_ratings(title: str, batches: Collection[NewRatings], monday: date) -> Vital:
    """Return the ratings that were released on *monday*, beside those of the Monday before."""
    counts = [each.n for each in course_of(batches, monday)]
    usual = round(sum(counts) / len(counts))
    note = _("tuần trước %(n)s, thường %(usual)s", n=thousands(counts[-2]), usual=thousands(usual))
    line = spark([float(n) for n in counts], 0.0, float(max(counts))) if max(counts) else None
    ends = (thousands(counts[0]), thousands(counts[-1]))
    return Vital(title, thousands(counts[-1]), "", note, line, ends if line else ("", ""))


def counter_name(number: int) -> str:
    """Return what a counter is called in a chart."""
    return str(_("Quầy %(number)s", number=number))


def silent_words(since: date) -> str:
    """Return since when a place is silent."""
    return str(_("chưa có lượt mới từ ngày %(day)s", day=day(since)))


def shift_words(found: Shift | None) -> str:
    """Return the change since the period before, and whether it means anything."""
    if found is None:
        return str(_("bốn tuần trước chưa đủ lượt để so"))
    points = decimal(abs(100 * found.difference))
    if not found.is_clear:
        spread = decimal(100 * found.spread, 0)
        if found.difference < 0:
            return str(
                _(
                    "▼ %(points)s điểm so với bốn tuần trước, chưa chắc đã đổi (xê dịch ±%(spread)s)",
                    points=points,
                    spread=spread,
                )
            )
        return str(
            _(
                "▲ %(points)s điểm so với bốn tuần trước, chưa chắc đã đổi (xê dịch ±%(spread)s)",
                points=points,
                spread=spread,
            )
        )
    if found.difference < 0:
        return str(_("▼ %(points)s điểm so với bốn tuần trước, giảm rõ", points=points))
    return str(_("▲ %(points)s điểm so với bốn tuần trước, tăng rõ", points=points))


def _course(shares: Sequence[float]) -> Spark:
    middle = (min(shares) + max(shares)) / 2
    half = max(max(shares) - min(shares), LEAST_SPAN) / 2
    return spark(shares, middle - half, middle + half)
