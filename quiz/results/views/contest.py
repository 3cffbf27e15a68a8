"""A contest's public pages: the contest itself, its participation, and the results of a round."""

from flask import abort, render_template, request

from commune.queries.logos import digest_of
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.extensions import db, keyring
from core.web.reply_cache import keep_reply, public_version
from quiz.attempt.queries.paper import order_secret
from quiz.attempt.views.entry import takes_cards, takes_phone_codes
from quiz.contest import labels
from quiz.contest import queries as contests
from quiz.contest.models import Round
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.labels import CAUSE, EXCLUSION_REASON
from quiz.results.models import Result
from quiz.results.models.contact import PEOPLE
from quiz.results.queries import board as boards
from quiz.results.queries import correction as corrections
from quiz.results.queries import result as results
from quiz.results.queries.changes import find_first_public, find_version
from quiz.results.queries.review import count_decisions, count_left_out, list_under_review

TODAY = "hom-nay"
"""The value of `don-vi` for the communes of today."""
OLD = "ban"
"""The parameter that names an earlier version of the results."""


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


@blueprint.get("/<slug>/bang")
def board(slug: str) -> str:
    """Show the participation by unit: turns and people, without results while a round is open."""
    shows_today = request.args.get("don-vi") == TODAY
    keep_reply(query={"don-vi": TODAY} if shows_today else None)
    contest, now = contest_or_404(slug), arrived_at()
    published = [round for round in contest.rounds if contests.phase_of(round, now) is Phase.PUBLISHED]
    board, is_over = boards.turnout_of_contest(db.session, contest, now), len(published) == len(contest.rounds)
    return render_template(
        "quiz/results/board.html",
        contest=contest,
        board=board,
        today=boards.turnout_of_today(db.session, contest, board, local_date(now)) if is_over else [],
        shows_today=shows_today,
        published=published,
        perfect=boards.perfect_of_contest(db.session, contest) if is_over else None,
    )


@blueprint.get("/<slug>/tuan/<int:number>")
def round_results(slug: str, number: int) -> str:
    """Show a published round: its winners, standings, turnout, and questions with their answers.

    `ban` opens an earlier version, without names: what was corrected since is not named again. It is the stored number,
    so that printed addresses stay right; 404 for one that was never public.
    """
    version = _keep_newest()
    contest, now = contest_or_404(slug), arrived_at()
    round = contests.find_round(db.session, contest, number) or abort(404)
    result = results.find_result(db.session, round)
    if result is None or contests.phase_of(round, now) is not Phase.PUBLISHED:
        abort(404)
    old = _earlier(round, result, version)
    return render_template(
        "quiz/results/round.html",
        contest=contest,
        round=round,
        **_version(round, result, old),
        board=boards.turnout_of_round(db.session, round),
        **_ranking(round, old or result),
        **_corrected(round),
        **_left_out(round, result, old),
        **_order(round),
    )


def _version(round: Round, newest: Result, old: Result | None) -> dict[str, object]:
    """Return the version to show with its people; an old one has no names."""
    shown, opened = (old, ()) if old else (newest, PEOPLE)
    first = find_first_public(db.session, round) or newest
    return {
        "result": shown,
        "newest": newest,
        "number": shown.version - first.version + 1,
        "newest_number": newest.version - first.version + 1,
        "keeps_target": shown.version > first.version and shown.target == first.target,
        "outcome": results.read_outcome(db.session, keyring(), shown, opened),
    }


def _ranking(round: Round, result: Result) -> dict[str, object]:
    """Return the words of the criteria, how many entries are ranked, and why others are not."""
    return {
        "criterion_label": labels.CRITERION,
        "ranked": results.count_ranked(db.session, result),
        "unranked": labels.UNRANKED.get(round.declared.eligibility),
    }


def _keep_newest() -> int:
    """Keep the page if its address asks for no earlier version; return the version of the public data."""
    version = public_version()
    if OLD not in request.args:
        keep_reply(version=version)
    return version


def _earlier(round: Round, newest: Result, version: int) -> Result | None:
    """Return the earlier version that the address asks for, whose page is kept; None without one, and for the newest.

    *version* is that of the public data. Aborts with 404 for a version that was never public.
    """
    if (asked := request.args.get(OLD)) is None:
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
    }


def _left_out(round: Round, newest: Result, old: Result | None) -> dict[str, object]:
    """Return the excluded entries of the shown version with their grounds, and the newest decisions of the review."""
    return {
        "left_out": count_left_out(db.session, round, old.version if old else None),
        "grounds": corrections.count_grounds(db.session, round, (old or newest).version),
        "decided": {} if old else count_decisions(db.session, round),
    }
