"""The parts that the staff's pages of one office have in common: tabs, and on a wide screen the list of offices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from commune.models import Office
from commune.queries.offices import offices_of
from commune.rules.short_names import NamedOffice, short_names
from core.charts.strips import Axis, Mark, Strip, strip
from core.clock import now
from core.web.access import may, scope_of
from core.web.extensions import db
from survey.counter.manage.office import blueprint
from survey.figures.queries.office_list import ListedOffice, read_office_list
from survey.figures.queries.province_map import MARKS
from survey.figures.rules.contrast import CONFIDENCE, Contrast, contrast
from survey.figures.rules.interval import wilson
from survey.figures.rules.scorecard import Scorecard
from survey.rating.rules.release import release_day

MOST_LISTED = 200
"""The most offices listed beside one of them; a province has fewer communes."""


@dataclass(frozen=True)
class Tab:
    """A part of an office's pages; each has an address."""

    words: str
    address: str
    is_here: bool


@dataclass(frozen=True)
class ListedBeside:
    """An office in the list beside a page: its short name, its share, and the shape that says how it stands."""

    name: str
    title: str
    address: str
    share: float | None
    mark: str
    is_here: bool


@dataclass(frozen=True)
class OfficeFrame:
    """The tabs of an office, the offices of the account beside it, and how many of them are clearly lower.

    `beside` is empty for an account with one office, or with too many to list.
    """

    tabs: list[Tab]
    beside: list[ListedBeside]
    lower: int


@blueprint.app_template_global()
def office_frame(office: Office, here: str) -> OfficeFrame:
    """Return what surrounds the page *here* of an office: one of the endpoints of its tabs."""
    tabs = [
        ("office", _("Số liệu")),
        ("comments", _("Góp ý")),
        ("dossiers", _("Hồ sơ một cửa")),
        ("counters", _("Quầy và tờ treo")),
    ]
    tabs += [("edit_office", _("Cài đặt"))] if may("office.manage") else []
    links = [Tab(words, url_for(f"survey_manage.{name}", slug=office.slug), name == here) for name, words in tabs]
    if not 1 < len(seen := offices_seen()) <= MOST_LISTED:
        return OfficeFrame(links, [], 0)
    rows = [row for row in read_office_list(db.session, today()).rows if row.office.id in seen]
    lower = sum(row.contrast is Contrast.LOWER for row in rows)
    # settings of another office may be out of reach
    return OfficeFrame(links, _beside(rows, office, "office" if here == "edit_office" else here), lower)


def offices_seen() -> frozenset[int]:
    """Return the ids of the offices that the signed-in account may see."""
    return frozenset(db.session.scalars(offices_of(scope_of("office.see")).distinct()))


def _beside(rows: Sequence[ListedOffice], office: Office, here: str) -> list[ListedBeside]:
    names = names_of(row.office for row in rows)
    return [
        ListedBeside(
            name=names[row.office.id],
            title=row.office.name,
            address=url_for(f"survey_manage.{here}", slug=row.office.slug),
            share=row.card.share if row.card else None,
            mark=MARKS[row.contrast].value if row.contrast else "",
            is_here=row.office.id == office.id,
        )
        for row in rows
    ]


def names_of(offices: Iterable[Office]) -> dict[int, str]:
    """Return the short name of each of *offices*, whose units are loaded with them."""
    named = [(each, each.unit) for each in offices]
    return short_names(
        [
            NamedOffice(each.id, each.name, unit.name, unit.kind, unit.parent.name if unit.parent else "")
            for each, unit in named
        ]
    )


def strip_of(card: Scorecard, axis: Axis, reference: float | None) -> Strip:
    """Return the strip of *card* on *axis*, with the shape that says how it stands beside *reference*."""
    found = contrast(card.satisfied, card.n, reference) if reference is not None else Contrast.UNCLEAR
    mark = Mark.UNCLEAR if reference is None else MARKS[found]
    return strip(axis, card.share, (card.low, card.high), mark, wilson(card.satisfied, card.n, CONFIDENCE))


def today() -> date:
    """Return the local day whose figures are seen now."""
    return release_day(now())
