"""The audit trail's pages: search, paging, export."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from flask import Blueprint, Response, render_template, request

from account.files.audit import MOST, AuditLine, Sight, csv_bytes_of, lines_of, xlsx_of
from account.forms.audit import EVERYTHING, SearchForm
from account.labels import ACTOR
from account.operations.audit import record_export
from account.queries.account import find_account, list_accounts
from account.queries.audit import Search, find_head, list_entries
from account.rules.chain import head_text
from account.views.current import actor
from commune.queries import list_units
from core import clock
from core.values.numbers import read_number
from core.values.week import day_start, local_date
from core.web import downloads
from core.web.access import requires, scope, scope_of
from core.web.extensions import db, keyring
from core.web.forms import options
from core.web.paging import PER_PAGE
from core.web.rooms import declared

blueprint = Blueprint("account_audit", __name__, url_prefix="/quan-tri/nhat-ky")
MOST_UNITS = 150
"""The most units that a list offers; others are found by the link beside an entry."""
OTHERS = {label.casefold(): actor for actor, label in ACTOR.items()}


@blueprint.get("/")
@requires("audit.see")
def entries() -> tuple[str, int]:
    """List the entries of the account's units, newest first."""
    form = _form()
    is_sound = form.validate()
    search = _search(form) if is_sound else Search(scope())
    found = list_entries(db.session, search, PER_PAGE + 1)
    page = render_template(
        "account/audit/entries.html",
        form=form,
        lines=lines_of(db.session, keyring(), found[:PER_PAGE], declared(), _sight()),
        older=_address(truoc=found[PER_PAGE - 1].number) if len(found) > PER_PAGE else None,
        newest=_address() if search.below else None,
        asked=_address(),
        head=head_text(*find_head(db.session)),
        most=MOST,
    )
    return page, 200 if is_sound else 400


@blueprint.get("/nhat-ky.xlsx")
@requires("audit.see")
def export_xlsx() -> Response | tuple[str, int]:
    """Export the entries of the search as a workbook, or show what is wrong with the search."""
    return downloads.xlsx(_exported(lambda lines: xlsx_of(db.session, lines)), "nhat ky") if _is_sound() else entries()


@blueprint.get("/nhat-ky.csv")
@requires("audit.see")
def export_csv() -> Response | tuple[str, int]:
    """Export the entries of the search as CSV, or show what is wrong with the search."""
    return downloads.csv(_exported(csv_bytes_of), "nhat ky") if _is_sound() else entries()


def _is_sound() -> bool:
    """Whether the filters can be read; else an export would hold everything, not what was asked for."""
    return bool(_form().validate())


def _sight() -> Sight:
    """Return what the account may see in entries: names and values that it may see on their own pages."""
    rooms = declared()
    readers = (scope_of(each.code) for each in rooms.permissions.values() if each.reads_people)
    restricted = {action: scope_of(permission) for action, permission in rooms.audit_restricted.items()}
    return Sight(frozenset().union(*readers), restricted)


def _exported(write: Callable[[list[AuditLine]], bytes]) -> bytes:
    """Return the written entries; the export itself is audited after they were read.

    The commit comes last, since it expires the entries, and each later access would load one again.
    """
    found = list_entries(db.session, _search(_form()), MOST)
    content = write(lines_of(db.session, keyring(), found, declared(), _sight()))
    record_export(db.session, actor(), len(found), now=clock.now())
    db.session.commit()
    return content


def _form() -> SearchForm:
    form = SearchForm(request.args)
    units = list_units(db.session, scope(), local_date(clock.now()))
    asked = request.args.get("don_vi", "")
    shown = units if len(units) <= MOST_UNITS else [unit for unit in units if str(unit.id) == asked]
    form.viec.choices = options([EVERYTHING, *declared().audit_actions.items()])
    form.don_vi.choices = options([EVERYTHING, *((unit.id, unit.label) for unit in shown)])
    form.don_vi.validate_choice = False  # a former unit is in no list, and a foreign one finds nothing
    return form


def _search(form: SearchForm) -> Search:
    below, unit_id = (read_number(text, digits=9) for text in (request.args.get("truoc", ""), form.don_vi.data or ""))
    search = Search(
        scope(), unit_id=unit_id, action=form.viec.data or None, below=below,
        since=day_start(form.tu.data) if form.tu.data else None,
        until=day_start(form.den.data + timedelta(days=1)) if form.den.data else None,
    )  # fmt: skip
    return _by(search, form.ai.data or "")


def _by(search: Search, who: str) -> Search:
    """Return the search restricted by an account's number, e-mail address or name (all accounts of that name), or by a
    non-account actor.
    """
    if not who:
        return search
    if who.casefold() in OTHERS:
        return replace(search, actor=OTHERS[who.casefold()])
    number = read_number(who, digits=9)
    if number is not None:
        return replace(search, account_ids=[number])
    account = find_account(db.session, who)
    found = [account] if account else list_accounts(db.session, scope(), find=who)
    return replace(search, account_ids=[each.id for each in found])


def _address(**more: object) -> dict[str, object]:
    """Return the query of the same search, from the newest entry or from *more* on."""
    kept = {name: value for name in ("ai", "viec", "don_vi", "tu", "den") if (value := request.args.get(name, ""))}
    return {**kept, **more}
