"""A week on its path from open to published, and what came of calling its winners."""

import uuid
from collections.abc import Collection

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.labels import STATE
from account.models import Approval
from account.models.approval import FAILED, REFUSED
from account.operations.audit import Subject
from account.queries import approval as approvals
from account.views.current import audit, link_to, needs_second, present_account
from core import clock
from core.forms import ActionForm
from core.person_keys import find_person
from core.values.week import local_date
from core.web.access import requires, scope_of
from core.web.extensions import db, keyring
from quiz import labels
from quiz.forms.closing import OpeningForm, PublishForm
from quiz.manage.blueprint import blueprint
from quiz.manage.contest import round_or_404
from quiz.models import Participant, Result, Round
from quiz.models.contact import PEOPLE, WINNERS
from quiz.operations import audit_subjects, closing
from quiz.queries import board as boards
from quiz.queries import contest as contests
from quiz.queries import correction as corrections
from quiz.queries import result as results
from quiz.queries.contact import list_openings, were_opened
from quiz.rules.actions import Action

ANSWERS = {
    "xac-nhan": (Action.WINNER_CONFIRM, "pending", "confirmed"),
    "bo-qua": (Action.WINNER_PASS, "pending", "passed"),
    "goi-lai": (Action.WINNER_RECALL, "passed", "pending"),
}
TOLD = (REFUSED, FAILED)
"""How a request may have ended that whoever asked must be told of."""


@blueprint.get("/<slug>/tuan/<int:number>")
@requires("result.see")
def round(slug: str, number: int) -> str:
    """A week on its path from open to published."""
    return round_page(round_or_404(slug, number))


def round_page(round: Round, *, opening: OpeningForm | None = None, asked: str = "") -> str:
    """The week's page; with *opening* as it was sent for the people *asked*, when something is missing in it."""
    now, me = clock.now(), present_account()
    result = results.find_result(db.session, round)
    may_open = round.contest.unit_id in scope_of("contact.open")
    opened = list_openings(db.session, round, me.id, now) if may_open else {}
    return render_template(
        "quiz/manage/round.html",
        contest=round.contest,
        round=round,
        phase=contests.phase_of(round, now),
        phase_label=labels.PHASE,
        result=result,
        **_people(result, opened),
        board=boards.turnout_of_round(db.session, round),
        criterion_label=labels.CRITERION,
        me=me,
        link_to=link_to,
        needs_second=needs_second(),
        state_label=STATE,
        action_label=labels.ACTION,
        publishing=_request(round, Action.ROUND_PUBLISH, "quiz.round", str(round.id)),
        front_opening=_request(round, Action.CONTACT_OPEN, "quiz.contacts", f"{round.id}:{me.id}"),
        opened=opened,
        may_open=round.contest.unit_id in scope_of("contact.open"),
        forms={
            people: (opening if people == asked and opening else OpeningForm(None)).about(people) for people in PEOPLE
        },
        publish_form=PublishForm(None),
        **_corrected(round),
    )


def _people(result: Result | None, opened: Collection[str]) -> dict[str, object]:
    """Who is in line; *known* were confirmed before there was this list: nobody was called for it."""
    outcome = results.read_outcome(db.session, keyring(), result, opened)
    confirmed = [each.participant for each in outcome.winners if each.state == "confirmed"]
    known = {each.id for each in confirmed if result and each.verified_at and each.verified_at < result.made_at}
    return {"outcome": outcome, "known": known}


def _corrected(round: Round) -> dict[str, object]:
    found = corrections.list_exclusions(db.session, round)
    return {"exclusions": found, "ground_label": labels.GROUND, "cause_label": labels.CAUSE}


def _request(round: Round, action: Action, kind: str, subject_id: str) -> Approval | None:
    """The request that still says something: one that waits, or was answered while the week is not published."""
    found = approvals.find_latest(db.session, kind, subject_id, action)
    if found is None or found.is_open_on(local_date(clock.now())):
        return found
    return found if found.state in TOLD and round.published_at is None else None


@blueprint.post(
    "/<slug>/tuan/<int:number>/nguoi-dat-giai/<uuid:participant_id>/<any('xac-nhan','bo-qua','goi-lai'):answer>"
)
@requires("contest.manage")
def call(slug: str, number: int, participant_id: uuid.UUID, answer: str) -> Response:
    """What came of calling somebody in line for a prize: confirmed, not reached (the next one is seated), or undone."""
    round = round_or_404(slug, number)
    if answer != "goi-lai" and not were_opened(db.session, round, WINNERS):
        flash(_("Chưa ai mở số điện thoại của danh sách này. Hãy mở số điện thoại và gọi trước."), "error")
    elif ActionForm().validate_on_submit():
        before = _seats(round)
        done = _answer(round, participant_id, answer)
        if done:
            _note_answer(round, participant_id, answer, before[participant_id])
        db.session.commit()
        if not done:
            flash(_("Danh sách đã thay đổi, xin xem lại."), "warning")
        elif answer == "bo-qua":
            flash(_moved(before, _seats(round), participant_id), "success")
        elif answer == "goi-lai":
            flash(_recalled(before, _seats(round), participant_id), "success")
    return _back(slug, number)


def _answer(round: Round, participant_id: uuid.UUID, answer: str) -> bool:
    if answer == "xac-nhan":
        return closing.confirm_winner(db.session, round, participant_id, now=clock.now())
    deed = closing.pass_winner if answer == "bo-qua" else closing.recall_winner
    return deed(db.session, round, participant_id)


Seat = tuple[int, str | None]
Seats = dict[uuid.UUID, Seat]
"""Rank and prize of everybody who is in line."""


def _note_answer(round: Round, participant_id: uuid.UUID, answer: str, seat: Seat) -> None:
    """Who was called is named under that person's own key, and nowhere else."""
    action, was, becomes = ANSWERS[answer]
    participant = db.session.get_one(Participant, participant_id)
    person = find_person(db.session, keyring(), participant.person_id)
    contact = results.contacts_of(db.session, keyring(), [participant]).get(participant_id)
    subject = audit_subjects.of_round(round)
    words = f"Hạng {seat[0]}, {subject.words}"
    audit(
        action, Subject("quiz.participant", participant_id, words, subject.unit_id),
        before={"state": was}, after={"state": becomes, "prize": seat[1]},
        person=(person, {"name": contact.name}) if person and contact else None,
    )  # fmt: skip


def _seats(round: Round) -> Seats:
    result = results.find_result(db.session, round)
    winners = results.list_winners(db.session, result) if result else []
    return {winner.participant_id: (winner.rank, winner.tier) for winner in winners}


def _recalled(before: Seats, after: Seats, recalled: uuid.UUID) -> str:
    """Who waits again, and who has no prize any more because of it."""
    told = str(_("Đã hoàn tác: hạng %(rank)s đang chờ gọi.", rank=before[recalled][0]))
    gone = ", ".join(str(rank) for id, (rank, _tier) in before.items() if id not in after)
    return f"{told} {_('Hạng %(gone)s không còn trong danh sách giải.', gone=gone)}" if gone else told


def _moved(before: Seats, after: Seats, passed: uuid.UUID) -> str:
    """Whom the prize of *passed* went to, in words."""
    rank, tier = before[passed]
    if tier is None:
        return str(_("Đã bỏ qua hạng %(rank)s.", rank=rank))
    heirs = [seat[0] for id, seat in after.items() if seat[1] == tier and before.get(id, (0, None))[1] != tier]
    if not heirs:
        return str(_("Đã bỏ qua hạng %(rank)s; chưa có người kế tiếp cho %(tier)s.", rank=rank, tier=tier))
    heir = ", ".join(map(str, dict.fromkeys(heirs)))
    return str(_("Đã bỏ qua hạng %(rank)s; %(tier)s chuyển cho người hạng %(heir)s.", rank=rank, tier=tier, heir=heir))


def _back(slug: str, number: int) -> Response:
    return redirect(url_for(".round", slug=slug, number=number))
