"""The lookup of one's own result by receipt."""

from datetime import datetime

from flask import render_template, request
from flask_babel import gettext as _

from core.web.arrival import arrived_at
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from quiz.attempt.forms.entry import AttemptReceiptForm
from quiz.attempt.models import Attempt
from quiz.attempt.queries import attempt as find
from quiz.attempt.queries.newest import find_newest_attempt
from quiz.boards.views.own_objection import own_objection
from quiz.boards.views.own_result import OwnResult, own_result
from quiz.boards.views.share import SharedScore, share_token
from quiz.contest import queries as contests
from quiz.contest.labels import UNRANKED
from quiz.contest.labels.guesses import guess_words
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import SENT, blueprint
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.labels.objections import OUTCOME
from quiz.results.models import Result
from quiz.results.queries import correction as corrections
from quiz.results.queries import result as results
from quiz.results.queries.changes import find_earlier_prize
from quiz.results.queries.draw_words import own_sentence
from quiz.results.queries.draws import find_own_draw
from quiz.results.queries.no_prize import find_no_prize
from quiz.results.queries.own_paper import own_paper
from quiz.results.queries.result import AttemptPlace
from quiz.results.queries.season_prizes import find_season_award

Page = tuple[str, int]


@blueprint.route("/tra-cuu", methods=["GET", "POST"])
def result() -> Page:
    """Show before the publication that the paper is stored; afterwards its score and rank, and the distance to the next
    one. A personal code finds the newest paper: a reply that was lost took its receipt along.
    """
    form = AttemptReceiptForm()
    if request.method != "POST" or not form.validate():
        page = render_template("quiz/boards/lookup.html", form=form.renew(), is_sent=SENT in request.args)
        return page, 422 if request.method == "POST" else 200
    found = (find.find_attempt_by_receipt(db.session, keyring(), code) for code in form.readings)
    attempt = next(filter(None, found), None) or find_newest_attempt(db.session, keyring(), form.readings)
    if attempt is None:
        status = refuse_code(form.code, _("Không có bài nào mang mã này. Xin xem lại từng chữ, từng số của mã."))
        return render_template("quiz/boards/lookup.html", form=form), status
    return _page(attempt, arrived_at()), 200


def _page(attempt: Attempt, now: datetime) -> str:
    """Return the page of *attempt*: that it is stored, or after the publication its result."""
    round = attempt.round
    result = results.find_result(db.session, round)
    if result is None or contests.phase_of(round, now) is not Phase.PUBLISHED:
        return render_template("quiz/boards/stored.html", contest=round.contest, attempt=attempt, now=now)
    place, prize, paper = (
        results.find_place(db.session, round, attempt),
        results.find_prize(db.session, attempt),
        own_paper(db.session, keyring(), attempt),
    )
    own = own_result(attempt, result, place, prize, paper)
    return render_template(
        "quiz/boards/result.html",
        contest=round.contest,
        attempt=attempt,
        own=own,
        place=place,
        prize=prize,
        paper=paper,
        target=result.target,
        objection=own_objection(attempt, result, now),
        outcome_label=OUTCOME,
        said=guess_words(round.declared, result.target_people),
        excluded=_exclusion_reason(attempt),
        **_other_prizes(attempt),
        **_why(attempt, result, place, has_prize=prize is not None),
        unranked=_unranked_reason(attempt),
        next_round=contests.find_open_round(db.session, round.contest, now),
        token=_token(attempt, result, own) if place else None,
    )


def _other_prizes(attempt: Attempt) -> dict[str, object]:
    """Return the prize of an earlier version of the results, and that of the whole contest."""
    return {
        "earlier": find_earlier_prize(db.session, attempt),
        "season_prize": find_season_award(db.session, attempt.participant),
    }


def _why(attempt: Attempt, result: Result, place: AttemptPlace | None, *, has_prize: bool) -> dict[str, object]:
    """Return what a ranked *attempt* says of its prize: what a public draw decided, and why it has none."""
    if place is None:
        return {}
    drawn = find_own_draw(db.session, result, attempt.round, attempt.participant_id)
    no_prize = None if has_prize else find_no_prize(db.session, attempt.round, place.standing)
    waits = drawn is not None and (drawn.waits or drawn.draw is None)
    return {
        "draw_words": own_sentence(drawn) if drawn else "",
        "by_number": drawn is not None and drawn.code != "",
        "waits_for_draw": waits,
        "no_prize": no_prize,
    }


def _token(attempt: Attempt, result: Result, own: OwnResult) -> str:
    """Return the signed numbers of the picture to share; a low rank is left out of it."""
    rank, people = (own.standing.rank, own.standing.people) if own.standing and not own.is_low else (0, 0)
    score = SharedScore(
        result.version, attempt.correct or 0, len(own.arcs), rank, people, own.medal, attempt.participant.bloc or 0
    )
    return share_token(attempt.round, score)


def _unranked_reason(attempt: Attempt) -> str | None:
    """Return why a counted paper has no rank by what the contest declares; None for any other."""
    is_counted = find.is_entry(db.session, attempt)
    return UNRANKED.get(attempt.round.declared.eligibility) if is_counted else None


def _exclusion_reason(attempt: Attempt) -> str | None:
    """Return the published reason why the paper is not recognised; None if it is."""
    excluded = corrections.find_exclusion_of(db.session, attempt)
    return EXCLUSION_REASON[excluded.ground] if excluded else None
