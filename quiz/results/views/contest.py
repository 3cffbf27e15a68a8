"""The list of contests and the page of one."""

from flask import render_template

from commune.queries.logos import digest_of
from core.web.arrival import arrived_at
from core.web.extensions import db
from core.web.reply_cache import keep_reply
from quiz.attempt.views.entry import takes_cards, takes_phone_codes
from quiz.contest import labels
from quiz.contest import queries as contests
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.queries.review import list_under_review


@blueprint.get("/", endpoint="contests")
def list_page() -> str:
    """List the contests that are open, about to open, called off and past."""
    keep_reply()
    now = arrived_at()
    return render_template(
        "quiz/results/contests.html",
        open_contests=contests.list_open_contests(db.session, now),
        upcoming=contests.list_upcoming_contests(db.session, now),
        called_off=contests.list_called_off_contests(db.session, now),
        past=contests.list_past_contests(db.session, now),
    )


@blueprint.get("/<slug>")
def contest(slug: str) -> str:
    """Show the contest: its texts, rounds, rules and prizes."""
    keep_reply()
    contest, now = contest_or_404(slug), arrived_at()
    rounds = [(round, contests.phase_of(round, now)) for round in contest.rounds]
    is_closed = any(phase is Phase.CLOSED for _round, phase in rounds)
    return render_template(
        "quiz/results/contest.html",
        contest=contest,
        now=now,
        open_round=contests.find_open_round(db.session, contest, now),
        next_round=contests.find_next_round(db.session, contest, now),
        rounds=rounds,
        reviewing=list_under_review(db.session, contest) if is_closed else (),
        phase_label=labels.PHASE,
        logo=digest_of(db.session, contest.unit_id),
        rule_sentences=labels.rule_sentences(contest.rules),
        takes_phone_codes=takes_phone_codes(contest) and contest.called_off_at is None,
        takes_cards=takes_cards(contest) and contest.called_off_at is None,
    )
