"""The public list of all offices with their figures, its search, and its download."""

from collections.abc import Sequence

from flask import Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from commune.models import Office
from commune.queries.offices import count_offices, find_hotline
from core.charts.strips import StripRow
from core.gate import Gate
from core.web import downloads
from core.web.extensions import db, settings
from core.web.language import content
from core.web.paging import paging, searched, sorted_by
from core.web.reply_cache import keep_reply, public_version
from survey.figures.files.offices import offices_table
from survey.figures.files.table import days_in_name
from survey.figures.labels import words_of
from survey.figures.queries.office_list import read_cards, read_office_list
from survey.figures.queries.office_search import is_province, search_offices
from survey.figures.queries.province_map import province_map
from survey.figures.views.captions import source_words
from survey.figures.views.list_page import BY_CHANGE, BY_SHARE, MOST_LISTED, SORTS, list_page, names_of
from survey.figures.views.model import few_words, strip_rows
from survey.figures.views.office import KEPT_SECONDS, province_beside
from survey.figures.views.words import tile_words
from survey.rating.views.rate import blueprint, today

blueprint.add_app_template_global(tile_words)
_reading = Gate(at_once=1, waiting=2, patience=5.0)
"""Figures of the places found are read for each search, since no two need be alike and none is kept."""


@blueprint.get("/ket-qua/")
def offices() -> str | Reply:
    """Compare all offices, or find the one that the address asks for."""
    if find := searched():
        return _search(find)
    version, sort = public_version(), sorted_by(SORTS)
    kept = {"sap-xep": sort} if sort != BY_SHARE else {}
    part = paging(count_offices(db.session), MOST_LISTED, **kept)
    number = {"trang": str(part.number)} if part.number > 1 else {}
    keep_reply(seconds=KEPT_SECONDS, version=version, query=kept | number)
    found = read_office_list(db.session, today())
    page = list_page(found, sort, province_map(db.session, found, _address, by_change=sort == BY_CHANGE))
    return render_template(
        "survey/figures/offices.html",
        page=page,
        part=part,
        by_change=BY_CHANGE,
        address=_list_address(),
        hotline=find_hotline(db.session),
    )


@blueprint.get("/ket-qua/tat-ca.csv")
def offices_download() -> Response:
    """Send the figures of all offices as CSV."""
    keep_reply(seconds=KEPT_SECONDS)
    found = read_office_list(db.session, today())
    names, source = names_of(row.office for row in found.rows), source_words(settings().brand, _list_address())
    return downloads.csv(offices_table(found, names, source), f"ket qua cac noi{days_in_name(found.coverage)}")


def _search(find: str) -> str | Reply:
    """Lead to the office that is meant, or list those that may be."""
    found = search_offices(db.session, find)
    if found.only:
        return redirect(_address(found.only))
    if not found.offices and is_province(db.session, find):
        return redirect(url_for("survey.offices"))
    every = [*found.offices, *found.near, *(office for place in found.former for office in place.offices)]
    offices = list({each.id: each for each in every}.values())
    with _reading.passing():
        shown = _beside(offices)
    shown["is_illustrative"] = any(each.is_illustrative for each in offices)
    return render_template("survey/figures/offices_found.html", find=find, found=found, **shown)


def _beside(offices: Sequence[Office]) -> dict[str, object]:
    """Return the names of *offices* and their figures beside the province's, the highest share first."""
    names, (cards, coverage) = names_of(offices), read_cards(db.session, offices, today())
    whole = province_beside(offices[0], public_version()) if offices else None
    ranked = sorted(offices, key=lambda each: -card.share if (card := cards[each.id]) else 1)
    rows = [
        (StripRow(name=content(names[each.id]), url=_address(each), few=few_words(False)), cards[each.id])
        for each in ranked
    ]
    found = {"names": names, "rows": strip_rows("", rows, whole.card if whole else None), "coverage": coverage}
    return found | {"province": whole} | words_of(whole)


def _address(office: Office) -> str:
    return url_for("survey.office", slug=office.slug)


def _list_address() -> str:
    """Return the full address of the list."""
    return settings().public_url + url_for("survey.offices")
