"""The content of the public page of an office or of a counter: figures as charts, rows and sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import url_for

from commune.models import Office
from commune.rules.short_names import proper_name
from core.charts.bars import HBar, hbar, withheld
from core.charts.diverging import Diverging, diverging
from core.charts.strips import Axis, Mark, Strip, StripRow, strip, strip_axis
from core.values.content import Content
from survey.counter.models import Counter
from survey.figures.labels import level_of, reference_of, whole_of
from survey.figures.queries.figures import Figures
from survey.figures.queries.province import ProvinceFigures
from survey.figures.rules.contrast import CONFIDENCE, Contrast, contrast, difference
from survey.figures.rules.finding import title_note
from survey.figures.rules.interval import wilson
from survey.figures.rules.reasons import Reasons
from survey.figures.rules.scorecard import Scorecard
from survey.figures.views import words
from survey.figures.views.words import _
from survey.instrument.rules.quick import REASON_WORDS
from survey.rating.labels import CHANNEL
from survey.rating.rules.channels import Channel

MARKS = {Contrast.HIGHER: Mark.HIGHER, Contrast.LOWER: Mark.LOWER, Contrast.UNCLEAR: Mark.UNCLEAR}
SHOWN_MONTHS = 13
"""The months of a drawing: a year and the month a year ago. The table has all."""


@dataclass(frozen=True)
class PageSubject:
    """The names of the office or the counter of a page: in a title, in a drawing and in full; and the title of its
    office.
    """

    title: str
    place: str
    short: str
    full: str
    office: str

    @classmethod
    def of(cls, office: Office, counter: Counter | None = None) -> "PageSubject":
        """Return the names of *office*, or of one of its counters."""
        is_named = office.name.endswith(office.unit.name)
        is_called_so = is_named and not isinstance(office.name, Content)
        name = _("Một cửa %(unit)s", unit=office.unit.name) if is_called_so else office.name
        place = office.unit.name[0].upper() + office.unit.name[1:] if is_named else office.name
        if counter is None:
            return cls(name, place, proper_name(office.unit.name) if is_named else office.name, office.name, name)
        number = _("Quầy %(number)s", number=counter.number)
        title = _("%(counter)s, %(office)s", counter=number, office=office.unit.name if is_named else office.name)
        full = _("Quầy %(number)s: %(name)s", number=counter.number, name=counter.name)
        return cls(title, number, number, full, name)


@dataclass(frozen=True)
class StripRows:
    """Strips of counters or of channels on one axis, with their finding."""

    finding: str
    axis: Axis
    rows: tuple[StripRow, ...]

    @property
    def marks(self) -> frozenset[str]:
        """The shapes that occur."""
        return frozenset(row.strip.mark.value for row in self.rows if row.strip)

    @property
    def has_strips(self) -> bool:
        """Whether any row has a figure."""
        return any(row.strip for row in self.rows)


@dataclass(frozen=True)
class ReasonBars:
    """The reasons of the dissatisfied and of the satisfied: how many gave any, and a bar for each."""

    finding: str
    low_n: int
    low: tuple[HBar, ...]
    high_n: int
    high: tuple[HBar, ...]


@dataclass(frozen=True)
class OfficePage:
    """The page of an office or a counter that has figures."""

    subject: PageSubject
    figures: Figures
    card: Scorecard
    province: ProvinceFigures | None
    contrast: Contrast | None
    note: str
    gauge: Strip
    gauge_axis: Axis
    levels: Diverging
    province_shares: Mapping[int, float] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The headline as people say it."""
        return words.headline(self.subject.title, self.card)

    @property
    def beside(self) -> str:
        """How far the share may lie from what was counted, and how it stands beside the province."""
        return words.beside_province(
            self.card, self.contrast, self.province.card if self.province else None, _(level_of(self.province))
        )

    @property
    def levels_finding(self) -> str:
        """The title of the five levels."""
        region = _(reference_of(self.province))
        return words.levels_finding(self.card, self.province.card if self.province else None, region)

    @property
    def trend_finding(self) -> str:
        """The title of the months."""
        return words.trend_finding(self.figures.trend)

    @property
    def months(self) -> list[tuple[object, float | None]]:
        """The months with the province's share, the newest first."""
        there = {point.month: point.share for point in self.province.trend} if self.province else {}
        return [(point, there.get(point.month)) for point in reversed(self.figures.trend)]


def shown(
    subject: PageSubject,
    figures: Figures,
    province: ProvinceFigures | None,
    counters: Sequence[tuple[Counter, Scorecard | None]] = (),
) -> OfficePage | None:
    """Return the page of *figures*; None while there are none."""
    card = figures.card
    if card is None:
        return None
    whole = province.card if province else None
    found = _contrast(card, whole)
    compared = [(counter, _contrast(own, whole)) for counter, own in counters if own]
    lower = [counter for counter, each in compared if each is Contrast.LOWER]
    axis = strip_axis([card.low], whole.share if whole else None)
    bars = [(subject.place, ascending(card)), *([(_(whole_of(province)), ascending(whole))] if whole else [])]
    said = title_note(card.n, found, [each for _counter, each in compared if each])
    return OfficePage(
        subject=subject,
        figures=figures,
        card=card,
        province=province,
        contrast=found,
        note=words.title_note_words(said, card.n, lower, _(level_of(province))),
        gauge=_strip(axis, card, found),
        gauge_axis=axis,
        levels=diverging(bars),
        province_shares={int(each.level): each.share for each in whole.levels} if whole else {},
    )


def counter_rows(
    office: Office,
    counters: Sequence[tuple[Counter, Scorecard | None]],
    province: ProvinceFigures | None,
    new: frozenset[int],
) -> StripRows:
    """Return the counters of *office*, the highest share first, then those without a figure."""
    whole = province.card if province else None
    ranked = sorted(counters, key=lambda row: (-row[1].share if row[1] else 1, row[0].number))
    rows = []
    for counter, card in ranked:
        row = StripRow(
            name=_("Quầy %(number)s", number=counter.number),
            note=counter.name,
            url=url_for("survey.counter", slug=office.slug, number=counter.number),
            tag="" if counter.is_open else _("(đã đóng)"),
            few=few_words(counter.id in new),
        )
        rows.append((row, card))
    compared = [(counter, _contrast(card, whole)) for counter, card in ranked if card]
    known = [(counter, card) for counter, card in ranked if card]
    finding = words.counters_finding(compared, _(level_of(province))) if whole else words.counters_alone(known)
    return strip_rows(finding, rows, whole)


def channel_rows(
    channels: Sequence[tuple[Channel, Scorecard | None]], province: Scorecard | None, is_new: bool
) -> StripRows | None:
    """Return the channels side by side; None where there is none but the open one."""
    if all(channel is Channel.OPEN for channel, _card in channels):
        return None
    rows = [(StripRow(name=_(CHANNEL[channel]), few=few_words(is_new)), card) for channel, card in channels]
    main = dict(channels).get(Channel.OPEN)
    others = [
        (CHANNEL[channel], difference((card.satisfied, card.n), (main.satisfied, main.n)))
        for channel, card in channels
        if card and main and channel is not Channel.OPEN
    ]
    most = max((card.n for channel, card in channels if card and channel is not Channel.OPEN), default=0)
    return strip_rows(words.channels_finding(others, most), rows, province)


def strip_rows(
    finding: str, rows: Sequence[tuple[StripRow, Scorecard | None]], province: Scorecard | None
) -> StripRows:
    """Return *rows* with their figures on one axis, beside the province; it holds the interval of the row with the most
    ratings, as the headline's does.
    """
    known = [card for _words, card in rows if card]
    lowest = [max(known, key=lambda card: card.n).low] if known else []
    axis = strip_axis([*(card.share for card in known), *lowest], province.share if province else None)
    return StripRows(finding, axis, tuple(_row(row, axis, card, province) for row, card in rows))


def reason_bars(low: Reasons | None, high: Reasons | None) -> ReasonBars | None:
    """Return the reasons as bars, each group from zero to all that gave any; None where neither group is shown."""
    if low is None and high is None:
        return None
    return ReasonBars(
        words.reasons_finding(low, high), low.n if low else 0, _bars(low), high.n if high else 0, _bars(high)
    )


def few_words(is_new: bool) -> str:
    """Return why there is no figure."""
    return _("Chưa hết tuần đầu tiên") if is_new else _("Chưa đủ 5 lượt để công bố")


def _bars(reasons: Reasons | None) -> tuple[HBar, ...]:
    if reasons is None:
        return ()
    named = [(_(REASON_WORDS[row.reason]), row.count) for row in reasons.counts]
    return tuple(hbar(name, count, reasons.n) if count else withheld(name) for name, count in named)


def _contrast(card: Scorecard, province: Scorecard | None) -> Contrast | None:
    return contrast(card.satisfied, card.n, province.share) if province else None


def ascending(card: Scorecard) -> list[float]:
    """Return the shares of the five levels from the lowest up."""
    return [each.share for each in reversed(card.levels)]


def _strip(axis: Axis, card: Scorecard, found: Contrast | None) -> Strip:
    thin = wilson(card.satisfied, card.n, CONFIDENCE) if found else None
    return strip(axis, card.share, (card.low, card.high), MARKS[found or Contrast.UNCLEAR], thin)


def _row(row: StripRow, axis: Axis, card: Scorecard | None, province: Scorecard | None) -> StripRow:
    """Return *row* with the figures of *card* in place of its words for too few."""
    if card is None:
        return row
    found = _strip(axis, card, _contrast(card, province))
    return replace(row, strip=found, share=card.share, low=card.low, high=card.high, n=card.n)
