"""A result to show to others: a page and a picture whose address carries signed numbers and nothing of the person."""

from __future__ import annotations

from typing import NamedTuple

from flask import Response, abort, render_template, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeSerializer

from core.share_card import ShareCard
from core.values.content import shown
from core.values.numbers import thousands
from core.web.arrival import arrived_at
from core.web.extensions import db, keyring, settings
from core.web.sharing import picture_reply, public_host
from quiz.contest import queries as contests
from quiz.contest.labels.prizes import prize_name
from quiz.contest.labels.rounds import round_name
from quiz.contest.models import Contest, Round
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404
from quiz.results.queries.result import find_result


class SharedScore(NamedTuple):
    """The numbers that the address of a shared result carries: 0 as `medal` is no prize, as `rank` no rank, as
    `bloc` no bloc.
    """

    version: int
    correct: int
    size: int
    rank: int
    people: int
    medal: int
    bloc: int = 0


def share_token(round: Round, score: SharedScore) -> str:
    """Return *score* signed for *round*: the same for equal numbers, and only with the installation's key."""
    return str(_signer(round).dumps(list(score if score.bloc else score[:-1])))


@blueprint.get("/<slug>/tuan/<int:number>/khoe/<token>")
def share(slug: str, number: int, token: str) -> str:
    """Show a result that somebody shared, and the way into the contest."""
    contest, round, score = _shared(slug, number, token)
    is_open = contests.find_open_round(db.session, contest, arrived_at()) is not None
    return render_template(
        "quiz/boards/share.html",
        contest=contest,
        round=round,
        token=token,
        card=_card(contest, round, score),
        is_ranked=bool(score.rank),
        is_open=is_open,
    )


@blueprint.get("/<slug>/tuan/<int:number>/khoe/<token>.png")
def share_picture(slug: str, number: int, token: str) -> Response:
    """Send the picture of a shared result."""
    return picture_reply(lambda: _card(*_shared(slug, number, token)))


def shared_path(contest: Contest, round: Round, token: str, endpoint: str = "quiz.share") -> str:
    """Return the path of a shared result, or of its picture."""
    return url_for(endpoint, slug=contest.slug, number=round.number, token=token)


def _shared(slug: str, number: int, token: str) -> tuple[Contest, Round, SharedScore]:
    """Return what *token* says; aborts with 404 for one that we did not sign, and with 410 once it was corrected."""
    contest = contest_or_404(slug)
    round = contests.find_round(db.session, contest, number) or abort(404)
    if contests.phase_of(round, arrived_at()) is not Phase.PUBLISHED:
        abort(404)
    try:
        score = SharedScore(*_signer(round).loads(token))
    except (BadSignature, TypeError):
        abort(404)
    result = find_result(db.session, round)
    if result is None or result.version != score.version:
        abort(410)
    return contest, round, score


def _signer(round: Round) -> URLSafeSerializer:
    return URLSafeSerializer(keyring().key("shared-score"), salt=f"round {round.id}")


def _card(contest: Contest, round: Round, score: SharedScore) -> ShareCard:
    given = round.tiers_for(score.bloc or None)
    tiers = {at: shown(prize_name(tier.name, contest)) for at, tier in enumerate(given, start=1)}
    ranked = _("Hạng %(rank)s trong %(people)s người", rank=score.rank, people=thousands(score.people))
    plain = _("Đúng %(correct)s trong %(size)s câu", correct=score.correct, size=score.size)
    return ShareCard(
        title=ranked if score.rank else plain,
        lines=(_("%(round)s · %(title)s", round=round_name(round), title=contest.title),),
        above=tiers.get(score.medal, "") if score.medal else "",
        brand=settings().brand,
        address=public_host(),
        marks=(True,) * score.correct + (False,) * (score.size - score.correct),
        marks_unit=_("câu đúng"),
        medal=score.medal if score.medal in tiers else 0,
    )
