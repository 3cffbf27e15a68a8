"""The page of honours of a contest: the first prizes of its published weeks."""

from flask import abort, render_template

from core.web.arrival import arrived_at
from core.web.extensions import db, keyring
from core.web.reply_cache import keep_reply
from quiz.boards.queries.honours import read_honours
from quiz.boards.queries.season import read_season
from quiz.contest import queries as contests
from quiz.contest.labels.season import season_sentence
from quiz.contest.rules.presets import Rules
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404

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
    found = read_honours(db.session, keyring(), contest, published)
    is_over = len(published) == len(contest.rounds) > 1
    rule = Rules.from_dict(contest.rules).season
    return render_template(
        "quiz/boards/honours.html",
        contest=contest,
        now=now,
        honours=found,
        published=published,
        to_come=[round for round in contest.rounds if round not in published][:PLATES] if found.prizes else [],
        season=read_season(db.session, contest, published) if is_over else [],
        season_rule=rule,
        season_sentence=season_sentence(rule, is_weekly=contest.is_weekly),
    )
