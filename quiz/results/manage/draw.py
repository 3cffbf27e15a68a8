"""The public draws of a round: the ties that wait for one, recording it, and the recorded ones."""

from collections.abc import Collection, Sequence
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from account.models import Approval
from account.views.current import actor, present_account
from core import clock
from core.values.numbers import thousands
from core.values.week import local_date
from core.web.access import may, requires
from core.web.extensions import db, keyring
from quiz.contest.labels import CRITERION
from quiz.contest.labels.rounds import round_words
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Ties
from quiz.results.manage.draw_approval import draw_handler
from quiz.results.manage.draw_page import (
    DrawSheet,
    DrawTicket,
    NumberSource,
    Page,
    draw_reply,
    shown_draw,
)
from quiz.results.models.contact import WINNERS
from quiz.results.operations.audit_subjects import of_tie
from quiz.results.operations.draw import check_round_draw, record_round_draw
from quiz.results.queries import draw_words as words
from quiz.results.queries.contact import list_openings
from quiz.results.queries.draws import list_members
from quiz.results.queries.entry_codes import list_entry_codes, of_round
from quiz.results.queries.late_changes import late_change, late_words
from quiz.results.queries.result import contacts_of, find_result
from quiz.results.queries.review import count_undecided
from quiz.results.queries.tie_groups import OpenGroup, read_tie_groups
from quiz.results.rules.number_draws import first_day


@blueprint.get("/<slug>/tuan/<int:number>/boc-tham")
@requires("result.see")
def draws(slug: str, number: int) -> str:
    """Show the ties of a round that wait for a draw, and the recorded draws."""
    round = round_or_404(slug, number)
    groups = read_tie_groups(db.session, round)
    named = _named(round, {ref for draw in groups.draws for ref in draw.members})
    keys = {each.decided_by.id: each.key for each in groups.decided if each.decided_by}
    shown = {ref: ", ".join(filter(None, pair)) for ref, pair in named.items()}
    return render_template(
        "quiz/results/manage/draws.html",
        contest=round.contest,
        round=round,
        waiting=[_sheet(round, each) for each in groups.waiting],
        draws=[shown_draw(each, groups.draws, round.contest, shown, keys.get(each.id, "")) for each in groups.draws],
        manages=may("contest.manage"),
        by_number=round.declared.draw_source is not None,
        is_unreviewed=count_undecided(db.session, round) > 0,
    )


@blueprint.route("/<slug>/tuan/<int:number>/boc-tham/<string(length=32):key>", methods=["GET", "POST"])
@requires("contest.manage")
def record_draw(slug: str, number: int, key: str) -> Page:
    """Record the draw of one tie, or ask a second person to."""
    round = round_or_404(slug, number)
    found = read_tie_groups(db.session, round).find(key)
    if found is None:
        flash(_(words.CHANGED), "warning")
        return redirect(url_for(".draws", slug=slug, number=number))
    sheet = _sheet(round, found)
    return draw_reply(
        sheet,
        {"round": round.id},
        check=lambda key, written: check_round_draw(db.session, round, key, written, now=clock.now()),
        write=lambda key, written, reason: record_round_draw(
            db.session, actor(), round, key, written, reason=reason, now=clock.now()
        ),
    )


def _sheet(round: Round, found: OpenGroup, *, is_named: bool = True) -> DrawSheet:
    """Return the sheet of a tie; names only where the account has opened them."""
    group, contest = found.group, round.contest
    named = _named(round, group.refs, is_named=is_named)
    bloc = contest.bloc_name(group.bloc) if group.bloc else ""
    heading = _("Đồng hạng %(rank)s: %(n)s người", rank=thousands(group.rank), n=thousands(len(group.refs)))
    is_open = any(name for name, _unit in named.values())
    return DrawSheet(
        contest=contest,
        found=found,
        heading=f"{bloc}: {heading}" if bloc else str(heading),
        equal_on=_equal_on(round),
        tickets=[DrawTicket(at, *named.get(ref, ("", ""))) for at, ref in enumerate(group.refs, start=1)],
        back=url_for("quiz_manage.draws", slug=contest.slug, number=round.number),
        back_words=_("Bốc thăm %(round)s", round=round_words(round)),
        about=of_tie(round, group),
        action=QuizAction.DRAW_RECORD,
        names_note=""
        if is_open or not is_named
        else url_for("quiz_manage.round", slug=contest.slug, number=round.number),
        number=_number_source(round, group.refs),
    )


def _number_source(round: Round, refs: Sequence[str]) -> NumberSource | None:
    """Return the public number that decides a tie of *round*; None where tickets are drawn by hand."""
    source, result = round.declared.draw_source, find_result(db.session, round)
    if source is None or round.closed_at is None or result is None:
        return None
    codes, first = list_entry_codes(db.session, round, refs), first_day(local_date(round.closed_at))
    changed = late_words(late_change(db.session, round, refs, result.version, first))
    return NumberSource(source, round.declared.draw_digits, first, of_round(round), codes, changed)


def _equal_on(round: Round) -> str:
    said = [str(_(CRITERION[each.criterion])) for each in round.declared.order]
    if round.declared.ties is Ties.SHARE:
        said.append(str(_("thời điểm nộp bài đến phần nghìn giây")))
    return ", ".join(dict.fromkeys(said))


def _named(round: Round, refs: Collection[str], *, is_named: bool = True) -> dict[str, tuple[str, str]]:
    """Return the name, where the account has opened it, and the unit of each of *refs*."""
    people = list_members(db.session, [UUID(ref) for ref in refs])
    opened = list_openings(db.session, round, present_account().id, clock.now()) if people and is_named else {}
    contacts = contacts_of(db.session, keyring(), people) if WINNERS in opened and may("contact.open") else {}
    return {str(each.id): (contacts[each.id].name if each.id in contacts else "", each.unit.name) for each in people}


def _of(session: Session, approval: Approval) -> Round:
    return session.get_one(Round, approval.details["round"])


def _find(session: Session, round: Round, key: str) -> DrawSheet | None:
    """Return the sheet of the tie under *key* with units in place of names; None where there is none now."""
    found = read_tie_groups(session, round).find(key)
    return _sheet(round, found, is_named=False) if found else None


HANDLER = draw_handler(QuizAction.DRAW_RECORD, _of, _find, record_round_draw)
