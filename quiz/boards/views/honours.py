"""The page of honours of a contest: the first prizes of its published weeks."""

from collections.abc import Sequence

from flask import abort, render_template

from core.web.arrival import arrived_at
from core.web.extensions import db, keyring
from core.web.reply_cache import keep_reply
from quiz.boards.queries.honours import read_honours
from quiz.boards.queries.season import read_season
from quiz.contest import queries as contests
from quiz.contest.labels.season import season_figure, season_sentence
from quiz.contest.models import Contest, Round
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.models import SeasonDecision
from quiz.results.queries.draw_words import drawn_sentence, public_sentences
from quiz.results.queries.draws import list_season_draws
from quiz.results.queries.entry_codes import derived_orders
from quiz.results.queries.season_prizes import find_season_decision

PLATES = 6
"""The most rounds to come that have an empty place."""


@blueprint.get("/<slug>/bang-vang")
def honours(slug: str) -> str:
    """Show the first prizes of the published weeks; 404 before the first publication."""
    keep_reply()
    contest, now = contest_or_404(slug), arrived_at()
    published = [round for round in contest.rounds if contests.phase_of(round, now) is Phase.PUBLISHED]
    if not published:
        abort(404)
    decision = find_season_decision(db.session, contest) if contest.season_tiers else None
    found = read_honours(db.session, keyring(), contest, published, decision.awards if decision else ())
    return render_template(
        "quiz/boards/honours.html",
        contest=contest,
        now=now,
        honours=found,
        published=published,
        to_come=[round for round in contest.rounds if round not in published][:PLATES] if found.prizes else [],
        decision=decision,
        **_draws(contest, decision),
        **_season(contest, published),
    )


def _season(contest: Contest, published: Sequence[Round]) -> dict[str, object]:
    """Return the standings of the whole contest once it is over, and how they are built."""
    is_over, rule = len(published) == len(contest.rounds) > 1, Rules.from_dict(contest.rules).season
    return {
        "season": read_season(db.session, contest, published) if is_over else [],
        "season_rule": rule,
        "season_sentence": season_sentence(rule, is_weekly=contest.is_weekly),
        "figure": lambda total: season_figure(rule, total, is_weekly=contest.is_weekly),
    }


def _draws(contest: Contest, decision: SeasonDecision | None) -> dict[str, object]:
    """Return the sentences about the draws by which the prizes of the whole contest were given, and their inputs."""
    if decision is None or not Rules.from_dict(contest.rules).may_draw:
        return {"draw_notes": [], "derived_orders": []}
    deciding = {award.draw_id for award in decision.awards if award.draw_id}
    draws = list_season_draws(db.session, contest)
    return {
        "draw_notes": public_sentences(draws, deciding, drawn_sentence),
        "derived_orders": derived_orders(draws, deciding),
    }
