"""The prizes that were received, and those that wait: a person records each, nothing lapses by itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor, present_account
from core import clock
from core.web.access import may, requires
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from quiz.contest.manage import blueprint, round_or_404
from quiz.contest.models import Contest, Round
from quiz.results.models import PrizeClaim, SeasonAward, Winner
from quiz.results.models.contact import WINNERS
from quiz.results.operations.claims import record_claim, withdraw_claim
from quiz.results.operations.versions import NothingToDo
from quiz.results.queries.claims import claims_until, list_claims
from quiz.results.queries.contact import list_openings
from quiz.results.queries.result import contacts_of, find_result, list_winners

Page = Response | tuple[str, int]
DEEDS = {"da-nhan": record_claim, "chua-nhan": withdraw_claim}


@dataclass(frozen=True)
class ClaimLine:
    """A confirmed prize; `name` is what this account may read now, `claim` the record that it was received."""

    winner: Winner | SeasonAward
    name: str
    claim: PrizeClaim | None


@blueprint.get("/<slug>/tuan/<int:number>/nhan-giai")
@requires("result.see")
def claims(slug: str, number: int) -> Page:
    """List the confirmed prizes of a published round: those that wait first."""
    round, now = round_or_404(slug, number), clock.now()
    if round.published_at is None or round.published_at > now:
        flash(_("Công bố rồi mới trao giải."), "warning")
        return redirect(url_for(".round", slug=slug, number=number))
    result = find_result(db.session, round)
    winners = list_winners(db.session, result) if result else []
    theirs = [each for each in winners if each.state == "confirmed" and not each.needs_draw and each.tier]
    is_open = WINNERS in list_openings(db.session, round, present_account().id, now)
    contacts = contacts_of(db.session, keyring(), [each.participant for each in theirs]) if is_open else {}
    lines = claim_lines(round, theirs, {id: contact.name for id, contact in contacts.items()})
    return claims_page(lines, claims_until(round), contest=round.contest, round=round), 200


def claim_lines(
    of: Round | Contest, winners: Sequence[Winner | SeasonAward], names: Mapping[UUID, str]
) -> list[ClaimLine]:
    """Return the prizes *of* a round, or of the whole contest: those that wait first."""
    received = list_claims(db.session, of)
    lines = [ClaimLine(each, names.get(each.participant_id, ""), received.get(each.participant_id)) for each in winners]
    return sorted(lines, key=lambda line: line.claim is not None)


def claims_page(lines: Sequence[ClaimLine], until: datetime | None, *, contest: Contest, round: Round | None) -> str:
    """Return the page of received prizes of *round*, or of the whole contest without one."""
    return render_template(
        "quiz/results/manage/claims.html",
        contest=contest,
        round=round,
        lines=lines,
        until=until,
        is_over=until is not None and clock.now() >= until,
        waiting=sum(line.claim is None for line in lines),
        manages=may("contest.manage"),
    )


@blueprint.post("/<slug>/tuan/<int:number>/nhan-giai/<uuid:participant_id>/<any('da-nhan','chua-nhan'):answer>")
@requires("contest.manage")
def claim(slug: str, number: int, participant_id: UUID, answer: str) -> Response:
    """Record that a prize was received, or take the record back."""
    record_answer(round_or_404(slug, number), participant_id, answer)
    return redirect(url_for(".claims", slug=slug, number=number))


def record_answer(of: Round | Contest, participant_id: UUID, answer: str) -> None:
    """Record what the pressed button says of a prize *of* a round, or of the whole contest."""
    if not ActionForm().validate_on_submit():
        return
    try:
        DEEDS[answer](db.session, actor(), of, participant_id, now=clock.now())
    except NothingToDo:
        db.session.rollback()
        flash(_("Danh sách đã thay đổi, xin xem lại."), "warning")
    else:
        db.session.commit()
