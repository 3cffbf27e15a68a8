"""Everybody whose place moved by a correction: a page, and the whole list as a sheet."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from account.views.current import present_account
from core import clock
from core.values.numbers import read_number
from core.web import downloads
from core.web.access import requires, scope_of
from core.web.downloads import XLSX, download
from core.web.extensions import db, keyring
from core.web.paging import chosen, paging
from quiz.awards.files.rank_changes import change_csv, change_workbook
from quiz.awards.jobs import LINES_IN_A_PAGE
from quiz.awards.manage.round_file import record_taken
from quiz.awards.queries.rank_changes import RankChangeFile, read_rank_changes
from quiz.contest.labels.guesses import guess_words
from quiz.contest.labels.prizes import prize_shown
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.results.labels import CAUSE
from quiz.results.labels.rank_changes import KIND, cause_words, direction_words, prize_change_words
from quiz.results.queries.contact import list_openings
from quiz.results.queries.rank_changes import KINDS, ChangedPlace, count_kind, list_changes, stream_changes
from quiz.results.rules.rank_changes import PrizeChange

PER_PAGE = 50
PRIZES, ALL = "giai", "tat-ca"
"""Parts of the list in the address: changed prizes, which it opens on, and every line."""


class ChangeLine(NamedTuple):
    """A line of the page in words; `id` leads to the person's entry."""

    id: UUID
    before: int | None
    after: int | None
    went: str
    kind: str
    name: str
    unit: str
    bloc: str
    prize: str
    prize_kind: str
    why: str


@blueprint.get("/<slug>/tuan/<int:number>/len-xuong")
@requires("result.see")
def rank_changes(slug: str, number: int) -> str:
    """Show everybody whose rank or prize differs between two versions of the results, some at a time."""
    round = round_or_404(slug, number)
    file = _file(round)
    kind = _kind(file)
    page = paging(count_kind(file.counts, kind) if file else 0, PER_PAGE, **_kept(file), loc=kind or ALL)
    places = list_changes(db.session, file.pair, page.part, kind) if file else []
    return render_template(
        "quiz/awards/manage/rank_changes.html",
        contest=round.contest,
        round=round,
        file=file,
        kind=kind,
        kinds=[(each, words, count_kind(file.counts, each)) for each, words in KIND.items()] if file else [],
        lines=_lines(file, places) if file else [],
        page=page,
        kept=_kept(file),
        cause_label=CAUSE,
        fits_a_workbook=file is not None and count_kind(file.counts, kind) <= LINES_IN_A_PAGE,
    )


def _kind(file: RankChangeFile | None) -> str:
    """Return the part of the list that the address asks for; without one, the changed prizes if there are any."""
    asked = chosen("loc", (*KINDS, ALL))
    if not asked and file is not None and count_kind(file.counts, PRIZES):
        return PRIZES
    return "" if asked == ALL else asked


@blueprint.get("/<slug>/tuan/<int:number>/ho-so/len-xuong.<any('csv','xlsx'):ending>")
@requires("result.see")
def rank_changes_file(slug: str, number: int, ending: str) -> Response:
    """Send the list: CSV as it is read, a workbook of at most `LINES_IN_A_PAGE` lines."""
    round, target, kind = round_or_404(slug, number), BytesIO(), chosen("loc", KINDS)
    file = _file(round)
    if file is None or (ending == "xlsx" and count_kind(file.counts, kind) > LINES_IN_A_PAGE):
        asked: dict[str, Any] = {"loc": kind or None, **_kept(file)}
        return redirect(url_for(".rank_changes", slug=slug, number=number, **asked))
    record_taken(round, f"len-xuong.{ending}", len(file.names))  # committed before the list is read and sent
    name, changes = f"{slug} tuan {number} len xuong", stream_changes(db.session, file.pair, kind)
    if ending == "csv":
        return downloads.csv_stream(change_csv(file, changes), name)
    change_workbook(file, changes, target)
    return download(target.getvalue(), XLSX, f"{name}.xlsx")


def _file(round: Round) -> RankChangeFile | None:
    """Return the comparison that the address asks for; None where no version is to be compared."""
    now = clock.now()
    may_open = round.contest.unit_id in scope_of("contact.open")
    opened = list_openings(db.session, round, present_account().id, now) if may_open else {}
    asked = (_version("tu"), _version("den"))
    return read_rank_changes(db.session, keyring(), round, opened.keys(), asked)


def _version(name: str) -> int | None:
    return read_number(request.args.get(name, ""), digits=4)


def _kept(file: RankChangeFile | None) -> dict[str, str]:
    """Return the versions as the address names them."""
    return {"tu": str(file.pair.before.version), "den": str(file.pair.after.version)} if file else {}


def _lines(file: RankChangeFile, places: Sequence[ChangedPlace]) -> list[ChangeLine]:
    contest = file.round.contest
    words = guess_words(file.round.declared, file.pair.after.target_people)
    found = []
    for each in places:
        was, now = each.change.before, each.change.after
        prizes = [prize_shown(one.prize, contest) if one else "" for one in (was, now)]
        found.append(
            ChangeLine(
                each.participant_id,
                was.rank if was else None,
                now.rank if now else None,
                direction_words(each.change),
                each.change.direction.value,
                file.names.get(each.participant_id, ""),
                each.unit,
                contest.bloc_name(each.bloc),
                prize_change_words(each.change, *prizes),
                "" if each.change.prize is PrizeChange.NONE else each.change.prize.value,
                cause_words(each.change, words),
            )
        )
    return found
