"""The search of everything that the signed-in account may open: offices, contests, accounts, sections."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flask import Blueprint, render_template, url_for
from flask_babel import gettext as _

from account.queries.account import count_accounts, list_accounts
from commune.models import Office
from commune.queries.offices import count_offices, list_offices
from core.content import ENGLISH, texts_of
from core.values.content import shown
from core.values.text import search_key
from core.web.access import requires, scope_of
from core.web.extensions import db
from core.web.paging import searched
from core.web.rooms import navigation
from quiz.contest.labels.rounds import round_name
from quiz.contest.models import Contest
from quiz.contest.queries import EVERY, Wanted, count_contests, list_contests
from survey.counter.models import Counter
from survey.counter.queries.counters import list_open_counters

blueprint = Blueprint("report_search", __name__, url_prefix="/quan-tri/tim")
MOST = 8
"""The most results of one kind; the rest is one link away."""
MOST_READ = 200
"""The most offices, and contests, whose pages are looked through; a province has fewer communes."""


@dataclass(frozen=True)
class Hit:
    """A page that was found: its words, a note beside them, its address, its drawing where it has one of its own, and
    the words and addresses of pages below it.
    """

    words: str
    note: str
    address: str
    icon: str = ""
    below: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Subpage:
    """A page below that of an office or a contest, its owner: the owner's id, the page's title and a note, its own
    words and the owner's, its address.
    """

    owner: int
    title: str
    note: str
    own: str
    of_owner: str
    address: str

    def holds(self, words: Collection[str]) -> bool:
        """Whether it or its owner has all of *words*."""
        text = search_key(f"{self.own} {self.of_owner}")
        return all(word in text for word in words)

    def is_meant(self, words: Collection[str]) -> bool:
        """Whether its own words have one of *words*."""
        return any(word in search_key(self.own) for word in words)


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
    hits = [each for each in _kinds(find) if each.total] if search_key(find) else []
    return render_template("report/manage/search.html", find=find, kinds=hits, sections=_sections(""))


def _kinds(find: str) -> list[Hits]:
    units = scope_of("office.see")
    offices = list_offices(db.session, units, find=find, part=slice(0, MOST)) if units else []
    contests = _list_contests(Wanted(find), MOST)
    places = _places(find, {each.id for each in offices})
    found = [_sections(find), _offices(find, offices), _contests(find, contests), _accounts(find), places]
    return [*found, _contest_parts(find)]


def _sections(find: str) -> Hits:
    links = [*navigation(is_operation=False), *navigation(is_operation=True)]
    pages = [Hit(str(link.words), "", url_for(link.endpoint), link.icon) for link in links]
    pages.append(Hit(_("Tài khoản của tôi"), "", url_for("account.mine"), "gear"))
    words = search_key(find).split()
    hits = [page for page in pages if all(word in search_key(page.words) for word in words)]
    return Hits(_("Trang"), "list", hits, len(hits), "")


def _offices(find: str, offices: Sequence[Office]) -> Hits:
    """Return *offices*, each with the pages below it, so that its name stands once."""
    hits = [
        Hit(each.name, each.host, url_for("survey_manage.office", slug=each.slug), below=_below(each))
        for each in offices
    ]
    total = count_offices(db.session, scope_of("office.see"), find=find) if hits else 0
    return Hits(_("Cơ quan"), "bars", hits, total, url_for("survey_manage.offices", tim=find))


def _below(office: Office) -> list[tuple[str, str]]:
    views = (("comments", _("Góp ý")), ("counters", _("Quầy và tờ treo")))
    return [(title, _at(view, office)) for view, title in views]


def _places(find: str, above: Collection[int]) -> Hits:
    """Return the pages of offices and their counters whose names and offices hold all the words; none among more
    offices than are read at once.
    """
    units, words = scope_of("office.see"), search_key(find).split()
    offices = list_offices(db.session, units, part=slice(0, MOST_READ + 1)) if units else []
    offices = offices if len(offices) <= MOST_READ else []
    views = (("comments", _("Góp ý"), _("ý kiến")), ("counters", _("Quầy và tờ treo"), _("in mã QR")))
    pages = [
        Subpage(each.id, title, each.name, f"{title} {also}", _both(each.name), _at(view, each))
        for each in offices
        for view, title, also in views
    ]
    counters = list_open_counters(db.session, [each.id for each in offices])
    english = texts_of(db.session, Counter, [each.id for each in counters], ENGLISH)
    for counter in counters:
        title, place = _("Quầy %(number)s", number=counter.number), counter.office
        said = f"{shown(counter.name)}, {shown(place.name)}"
        own = f"{title} {counter.name} {english.get((counter.id, 'name'), '')}"
        address = url_for("survey_manage.counters", slug=place.slug)
        pages.append(Subpage(place.id, title, said, own, _both(place.name), address))
    return _pages(_("Quầy, góp ý, tờ treo"), pages, words, above, url_for("survey_manage.offices"))


def _pages(title: str, pages: Sequence[Subpage], words: Collection[str], above: Collection[int], rest: str) -> Hits:
    """Return those of *pages* that hold all *words*; of the owners *above*, whose pages are listed with them, those
    alone whose own words hold one.
    """
    found = [each for each in pages if each.holds(words) and (each.owner not in above or each.is_meant(words))]
    hits = [Hit(each.title, each.note, each.address) for each in found]
    return Hits(title, "list", hits[:MOST], len(hits), rest)


def _at(view: str, office: Office) -> str:
    return url_for(f"survey_manage.{view}", slug=office.slug)


def _both(name: str) -> str:
    return f"{name} {shown(name)}"


def _list_contests(wanted: Wanted, most: int) -> list[Contest]:
    units = scope_of("contest.see")
    return list_contests(db.session, units, wanted=wanted, part=slice(0, most)) if units else []


def _contests(find: str, contests: Sequence[Contest]) -> Hits:
    """Return *contests*, each with the pages below it, so that its title stands once."""
    hits = [
        Hit(
            each.title,
            each.organiser,
            url_for("quiz_manage.contest", slug=each.slug),
            below=[(title, address) for title, _also, address in _parts(each)],
        )
        for each in contests
    ]
    total = count_contests(db.session, scope_of("contest.see"), wanted=Wanted(find)) if hits else 0
    return Hits(_("Cuộc thi"), "cup", hits, total, url_for("quiz_manage.contests", tim=find))


def _contest_parts(find: str) -> Hits:
    """Return the weeks, questions, people, messages and files of contests whose own words hold one of the words and,
    with those of the contest, all; none among more contests than are read at once.
    """
    contests = _list_contests(EVERY, MOST_READ + 1)
    contests = contests if len(contests) <= MOST_READ else []
    pages = [
        Subpage(each.id, title, shown(each.title), f"{title} {also}", _both(each.title), address)
        for each in contests
        for title, also, address in _parts(each)
    ]
    title, all_contests = _("Tuần thi, câu hỏi, hồ sơ"), {each.id for each in contests}
    return _pages(title, pages, search_key(find).split(), all_contests, url_for("quiz_manage.contests"))


def _parts(contest: Contest) -> list[tuple[str, str, str]]:
    """Return the pages below *contest* that the account may open: title, other words for it, address."""
    manages = contest.called_off_at is None and not contest.is_trial
    parts = [
        ("bank", _("Câu hỏi"), _("ngân hàng đề"), "question.write", True),
        ("roster", _("Người dự thi"), _("danh sách đăng ký"), "contest.manage", manages),
        ("announcements", _("Nhắn tin"), _("thông báo"), "contest.manage", manages and not contest.is_draft),
        ("contest_file", _("Hồ sơ"), _("biên bản, quyết định, báo cáo"), "result.see", not contest.is_draft),
    ]
    found = [
        (title, also, url_for(f"quiz_manage.{view}", slug=contest.slug))
        for view, title, also, permission, is_shown in parts
        if is_shown and contest.unit_id in scope_of(permission)
    ]
    rounds = contest.rounds if contest.unit_id in scope_of("result.see") else []
    return found + [
        (round_name(each), "", url_for("quiz_manage.round", slug=contest.slug, number=each.number)) for each in rounds
    ]


def _accounts(find: str) -> Hits:
    units = scope_of("account.manage")
    accounts = list_accounts(db.session, units, find=find, part=slice(0, MOST)) if units else []
    hits = [Hit(each.name, each.email, url_for("account_manage.account", account_id=each.id)) for each in accounts]
    total = count_accounts(db.session, units, find=find) if hits else 0
    return Hits(_("Tài khoản cán bộ"), "people", hits, total, url_for("account_manage.accounts", tim=find))
