"""The search of everything that the signed-in account may open: offices, contests, accounts, sections."""

from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from account.queries.account import count_accounts, list_accounts
from commune.queries.offices import count_offices, list_offices
from core.content import ENGLISH, texts_of
from core.values.content import shown
from core.values.text import search_key
from core.web.access import requires, scope_of
from core.web.extensions import db
from core.web.paging import searched
from core.web.rooms import navigation
from quiz.contest.queries import Wanted, count_contests, list_contests
from survey.counter.models import Counter
from survey.counter.queries.counters import list_open_counters

blueprint = Blueprint("report_search", __name__, url_prefix="/quan-tri/tim")
MOST = 8
"""The most results of one kind; the rest is one link away."""
MOST_READ = 200
"""The most offices whose pages and counters are looked through; a province has fewer communes."""


@dataclass(frozen=True)
class Hit:
    """A page that was found: its words, a note beside them, its address, its drawing where it has one of its own."""

    words: str
    note: str
    address: str
    icon: str = ""


@dataclass(frozen=True)
class Hits:
    """The results of one kind: its title, the first of them, the number of all, the address of the whole list."""

    title: str
    icon: str
    first: list[Hit]
    total: int
    rest: str


@blueprint.get("/")
@requires("console.see")
def found() -> str:
    """List what the typed words find, by kind; a kind without results is left out. Where nothing is found, list the
    sections.
    """
    find = searched()
    kinds = [_sections, _offices, _contests, _accounts, _places] if search_key(find) else []
    hits = [each for kind in kinds if (each := kind(find)).total]
    return render_template("report/manage/search.html", find=find, kinds=hits, sections=_sections(""))


def _sections(find: str) -> Hits:
    links = [*navigation(is_operation=False), *navigation(is_operation=True)]
    pages = [Hit(str(link.words), "", url_for(link.endpoint), link.icon) for link in links]
    pages.append(Hit(_("Tài khoản của tôi"), "", url_for("account.mine"), "gear"))
    words = search_key(find).split()
    hits = [page for page in pages if all(word in search_key(page.words) for word in words)]
    return Hits(_("Trang"), "list", hits, len(hits), "")


def _offices(find: str) -> Hits:
    units = scope_of("office.see")
    offices = list_offices(db.session, units, find=find, part=slice(0, MOST)) if units else []
    hits = [Hit(each.name, each.host, url_for("survey_manage.office", slug=each.slug)) for each in offices]
    total = count_offices(db.session, units, find=find) if hits else 0
    return Hits(_("Cơ quan"), "bars", hits, total, url_for("survey_manage.offices", tim=find))


def _places(find: str) -> Hits:
    """Return the pages of offices and their counters whose names and offices hold all the words; none among more
    offices than are read at once.
    """
    units, words = scope_of("office.see"), search_key(find).split()
    offices = list_offices(db.session, units, part=slice(0, MOST_READ + 1)) if units else []
    offices = offices if len(offices) <= MOST_READ else []
    views = (("comments", _("Góp ý"), _("ý kiến")), ("counters", _("Quầy và tờ treo"), _("in mã QR")))
    pages = [
        (title, each.name, f"{title} {also} {_both(each.name)}", url_for(f"survey_manage.{view}", slug=each.slug))
        for each in offices
        for view, title, also in views
    ]
    counters = list_open_counters(db.session, [each.id for each in offices])
    english = texts_of(db.session, Counter, [each.id for each in counters], ENGLISH)
    for counter in counters:
        title, place = _("Quầy %(number)s", number=counter.number), counter.office
        said = f"{shown(counter.name)}, {shown(place.name)}"
        text = f"{title} {counter.name} {english.get((counter.id, 'name'), '')} {_both(place.name)}"
        pages.append((title, said, text, url_for("survey_manage.counters", slug=place.slug)))
    hits = [Hit(title, note, at) for title, note, text, at in pages if all(word in search_key(text) for word in words)]
    return Hits(_("Quầy, góp ý, tờ treo"), "list", hits[:MOST], len(hits), url_for("survey_manage.offices"))


def _both(name: str) -> str:
    return f"{name} {shown(name)}"


def _contests(find: str) -> Hits:
    units, wanted = scope_of("contest.see"), Wanted(find)
    contests = list_contests(db.session, units, wanted=wanted, part=slice(0, MOST)) if units else []
    hits = [Hit(each.title, each.organiser, url_for("quiz_manage.contest", slug=each.slug)) for each in contests]
    total = count_contests(db.session, units, wanted=wanted) if hits else 0
    return Hits(_("Cuộc thi"), "cup", hits, total, url_for("quiz_manage.contests", tim=find))


def _accounts(find: str) -> Hits:
    units = scope_of("account.manage")
    accounts = list_accounts(db.session, units, find=find, part=slice(0, MOST)) if units else []
    hits = [Hit(each.name, each.email, url_for("account_manage.account", account_id=each.id)) for each in accounts]
    total = count_accounts(db.session, units, find=find) if hits else 0
    return Hits(_("Tài khoản cán bộ"), "people", hits, total, url_for("account_manage.accounts", tim=find))
