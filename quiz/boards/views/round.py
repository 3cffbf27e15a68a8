"""The results of a published round, in the hall too."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from core.sheets.writing import csv_of
from core.web import downloads
from core.web.arrival import arrived_at
from core.web.extensions import db, keyring
from core.web.reply_cache import keep_reply, public_version
from quiz.attempt.models import Tally
from quiz.attempt.queries.paper import order_secret
from quiz.boards.files.paper_rows import paper_rows
from quiz.boards.files.round_figures import figure_rows
from quiz.boards.views.hall import HALL, hall_frame, is_in_hall
from quiz.boards.views.hall_page import hall_page
from quiz.boards.views.round_page import round_page
from quiz.contest import labels
from quiz.contest import queries as contests
from quiz.contest.models import Contest, Round
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.labels import CAUSE, EXCLUSION_REASON
from quiz.results.models import Draw, Result, RoundAnswers, Winner
from quiz.results.models.contact import PEOPLE
from quiz.results.queries import correction as corrections
from quiz.results.queries import result as results
from quiz.results.queries.changes import find_first_public, find_version
from quiz.results.queries.draw_words import drawn_sentence, public_sentences
from quiz.results.queries.draws import list_draws
from quiz.results.queries.entry_codes import derived_orders
from quiz.results.queries.late_changes import late_sentence
from quiz.results.queries.objections import count_objections, find_period
from quiz.results.queries.review import count_decisions, count_left_out
from quiz.results.queries.turnout import count_turnout
from quiz.results.queries.unawarded import unawarded_words
from quiz.results.rules.answers import FEWEST

OLD = "ban"
"""The parameter that names an earlier version of the results."""
MANY_WEEKS = 6
"""From so many on, a switch of weeks has their numbers alone."""


@blueprint.get("/<slug>/tuan/<int:number>")
def round_results(slug: str, number: int) -> str:
    """Show a published round: its winners, questions with their answers, guesses and standings.

    `ban` opens an earlier version, without names: what was corrected since is not named again. It is the stored number,
    so that printed addresses stay right; 404 for one that was never public. `chieu` shows it in a hall, with as many
    prizes opened.
    """
    version = public_version()
    contest, round, result = _published_or_404(slug, number)
    if is_in_hall():
        return _in_hall(contest, round, result, version)
    old = _earlier(round, result, version)
    shown = _version(round, result, old)
    return render_template(
        "quiz/boards/round.html",
        contest=contest,
        round=round,
        **shown,
        page=round_page(contest, round, old or result, shown["outcome"], _answers(round)),
        **_switch(round, arrived_at()),
        is_old=old is not None,
        **_ranking(round, old or result),
        **_corrected(round),
        **_left_out(round, result, old, shown["outcome"]),
        **_order(round),
    )


@blueprint.get("/<slug>/tuan/<int:number>/so-lieu.csv")
def round_figures(slug: str, number: int) -> Response:
    """Send the figures of a published round: answers by question, guesses, the front of the standings; no names."""
    contest, round, result = _published_or_404(slug, number)
    lines = results.list_standings(db.session, result, limit=results.FRONT)
    orders = derived_orders(list_draws(db.session, round), _deciding(results.list_winners(db.session, result)))
    rows = figure_rows(round, result, _answers(round), lines, orders)
    return downloads.csv(csv_of(rows), f"{contest.slug} tuan {number}")


@blueprint.get("/<slug>/tuan/<int:number>/tung-bai.csv")
def round_papers(slug: str, number: int) -> Response:
    """Send every counted paper of a published round with its rank, without a person; 404 where few took part."""
    contest, round, result = _published_or_404(slug, number)
    if result.people < FEWEST:
        abort(404)
    rows = paper_rows(db.session, round, result)
    return downloads.csv_stream(rows, f"{contest.slug} tuan {number} tung bai")


def _answers(round: Round) -> RoundAnswers | None:
    return db.session.get(RoundAnswers, round.id)


def _published_or_404(slug: str, number: int) -> tuple[Contest, Round, Result]:
    contest = contest_or_404(slug)
    round = contests.find_round(db.session, contest, number) or abort(404)
    result = results.find_result(db.session, round)
    if result is None or contests.phase_of(round, arrived_at()) is not Phase.PUBLISHED:
        abort(404)
    return contest, round, result


def _in_hall(contest: Contest, round: Round, result: Result, version: int) -> str:
    """Return a step of opening the prizes in a hall, which is kept by its number."""
    outcome = results.read_outcome(db.session, keyring(), result)
    page = hall_page(round, result, outcome, request.args[HALL])
    keep_reply(version=version, query={HALL: page.step})
    units = count_turnout(db.session, [Tally.round_id == round.id])
    return render_template(
        "quiz/boards/hall_round.html",
        contest=contest,
        round=round,
        result=result,
        outcome=outcome,
        page=page,
        units=len(units),
        **hall_frame(contest, arrived_at()),
    )


def _draws(round: Round, outcome: results.RoundOutcome) -> dict[str, object]:
    """Return the sentences about the public draws of *round*, and the inputs of those that went by a number."""
    deciding = _deciding(outcome.winners)
    draws = list_draws(db.session, round)
    return {
        "draw_notes": public_sentences(draws, deciding, partial(_said, round)),
        "derived_orders": derived_orders(draws, deciding),
    }


def _deciding(winners: Iterable[Winner]) -> set[int]:
    """Return the draws that put *winners* where they are."""
    return {each.draw_id for each in winners if each.draw_id is not None}


def _said(round: Round, draw: Draw) -> str:
    """Return what the public reads of a draw that decides, and of the group's changes once the number was out."""
    return " ".join(filter(None, (drawn_sentence(draw), late_sentence(db.session, round, draw))))


def _version(round: Round, newest: Result, old: Result | None) -> dict[str, Any]:
    """Return the version to show with its people; an old one has no names."""
    shown, opened = (old, ()) if old else (newest, PEOPLE)
    first = find_first_public(db.session, round) or newest
    is_same = (shown.target, shown.target_people) == (first.target, first.target_people)
    return {
        "result": shown,
        "newest": newest,
        "number": shown.version - first.version + 1,
        "newest_number": newest.version - first.version + 1,
        "keeps_target": shown.version > first.version and is_same,
        "outcome": results.read_outcome(db.session, keyring(), shown, opened),
    }


def _switch(round: Round, now: datetime) -> dict[str, object]:
    """Return the published rounds, and the switch between them: words, address, whether it is shown now."""
    contest = round.contest
    published = [each for each in contest.rounds if contests.phase_of(each, now) is Phase.PUBLISHED]
    weeks = [
        (
            _("Tuần %(number)s", number=each.number) if len(published) < MANY_WEEKS else str(each.number),
            url_for("quiz.round_results", slug=contest.slug, number=each.number),
            each is round,
        )
        for each in published
    ]
    return {"published": published, "weeks": weeks}


def _ranking(round: Round, result: Result) -> dict[str, object]:
    """Return the words of the criteria, how many entries are ranked, and why others are not."""
    return {
        "criterion_label": labels.CRITERION,
        "ranked": results.count_ranked(db.session, result),
        "unranked": labels.UNRANKED.get(round.declared.eligibility),
    }


def _earlier(round: Round, newest: Result, version: int) -> Result | None:
    """Return the earlier version that the address asks for, whose page is kept; None without one, and for the newest.

    *version* is that of the public data. Aborts with 404 for a version that was never public.
    """
    if (asked := request.args.get(OLD)) is None:
        keep_reply(version=version)
        return None
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 5
    found = (find_version(db.session, round, int(asked)) if is_number else None) or abort(404)
    old = found if found.version != newest.version else None
    keep_reply(version=version, query={OLD: old.version} if old else None)
    return old


def _order(round: Round) -> dict[str, object]:
    """Return what anybody needs to derive the order of every paper; nothing where all had the same."""
    secret = order_secret(keyring(), round)
    if secret is None:
        return {}
    kept = [each.position for each in round.questions if each.keeps_choices]
    return {"order_secret": secret.hex(), "drawn": round.declared.shown, "kept_in_order": kept}


def _corrected(round: Round) -> dict[str, object]:
    """Return the corrections after the publication, and the approved sheets."""
    return {
        "corrections": corrections.list_corrections(db.session, round),
        "renamings": corrections.list_renamings(db.session, round),
        "imports": corrections.list_imports(db.session, round.id),
        "ground_label": EXCLUSION_REASON,
        "cause_label": CAUSE,
        **_objections(round),
    }


def _left_out(round: Round, newest: Result, old: Result | None, outcome: results.RoundOutcome) -> dict[str, object]:
    """Return the excluded entries of the shown version with their grounds, the newest decisions of the review, and the
    prizes that are given to no person; not those of an earlier version, which shows no winners.
    """
    return {
        "left_out": count_left_out(db.session, round, old.version if old else None),
        "grounds": corrections.count_grounds(db.session, round, (old or newest).version),
        "decided": {} if old else count_decisions(db.session, round),
        "unawarded": "" if old else unawarded_words(round, outcome.winners),
        **({} if old else _draws(round, outcome)),
    }


def _objections(round: Round) -> dict[str, object]:
    """Return the period to object and how many did; the period is None where none is declared."""
    period = find_period(db.session, round, arrived_at())
    return {"objection_period": period, "objection_count": count_objections(db.session, round) if period else None}
