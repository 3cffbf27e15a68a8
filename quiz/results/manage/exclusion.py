"""Exclude an entry after the close, and recognise it again: sensitive actions, done after a second person's
approval.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.labels import STATE
from account.models import Approval
from account.models.approval import FAILED, REFUSED
from account.operations.approval import LATER, Handler, NoLonger, Part, decided_by
from account.operations.audit import Subject
from account.queries.approval import find_latest
from account.rules.chain import Plain
from account.rules.signed import Signed
from account.views.current import actor, link_to, present_account, request_approval
from core import clock
from core.crypto import Keyring
from core.jobs import Order, enqueue
from core.values.kept import kept
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires
from core.web.extensions import db, keyring
from core.web.jobs import owner
from core.web.rooms import declared
from privacy.models.holder import Contact
from quiz.contest.labels.rounds import kept_round
from quiz.contest.manage import asks_second, blueprint, round_or_404
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.forms.exclusion import ExcludeForm, RestoreForm
from quiz.results.jobs import EXCLUDE
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.manage.large import correction_job, is_large, started
from quiz.results.manage.moves import parts_of
from quiz.results.operations import exclusion
from quiz.results.operations.audit_subjects import of_paper
from quiz.results.operations.versions import Changed, NothingToDo, Preview, TooEarly
from quiz.results.queries import correction as corrections
from quiz.results.queries import result as results
from quiz.results.queries.contact import list_openings
from quiz.results.queries.correction import EntryDetails
from quiz.results.rules.corrections import ExclusionReason

Page = Response | tuple[str, int]
_TITLE = kept(N_("Lập lại kết quả %(round)s, %(contest)s"))
"""The title of the job."""


@blueprint.get("/<slug>/tuan/<int:number>/bai")
@requires("contest.manage")
def seek_entry(slug: str, number: int) -> Response:
    """Find the entry at a position of the standings."""
    round, typed = round_or_404(slug, number), request.args.get("vi-tri", "").strip()
    position = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 8 else 0
    found = corrections.find_at(db.session, round, position)
    if found is None:
        flash(_("Không có bài nào ở vị trí đó. Xin nhập một số trong bảng xếp hạng."), "error")
        return redirect(url_for(".round", slug=slug, number=number))
    return redirect(url_for(".entry", slug=slug, number=number, participant_id=found))


@blueprint.route("/<slug>/tuan/<int:number>/bai/<uuid:participant_id>", methods=["GET", "POST"])
@requires("contest.manage")
def entry(slug: str, number: int, participant_id: uuid.UUID) -> Page:
    """Show one entry, preview its exclusion or its recognition, and accept the request."""
    round = round_or_404(slug, number)
    if round.closed_at is None:
        flash(_("Hãy khóa bài và xếp hạng trước."), "error")
        return redirect(url_for(".round", slug=slug, number=number))
    paper = corrections.find_paper(db.session, round, participant_id) or abort(404)
    form = RestoreForm() if paper.exclusion else ExcludeForm()
    if not form.validate_on_submit():
        return _page(round, paper, form, 422 if form.is_submitted() else 200)
    try:
        return _ask(round, paper, form)
    except (Changed, NothingToDo):
        db.session.rollback()
        flash(_("Danh sách đã thay đổi sau khi mở trang này. Xin xem lại rồi gửi lần nữa."), "warning")
        return _page(round, corrections.find_paper(db.session, round, participant_id) or abort(404), form, 409)


def _ask(round: Round, paper: EntryDetails, form: RestoreForm) -> Page:
    who, ground, about = paper.entry.participant_id, form.chosen_ground, of_paper(round, paper)
    if exclusion.preview_exclusion(db.session, round, who, ground).digest != form.seen.data:
        raise Changed
    back = url_for(".round", slug=round.contest.slug, number=round.number)
    details: dict[str, Plain] = {
        "round": round.id,
        "participant": str(who),
        "ground": ground.value if ground else None,
        "seen": form.seen.data,
    }
    if asks_second(round.contest):
        return request_approval(QuizAction.ENTRY_EXCLUDE, about, reason=form.reason.data, details=details, back=back)
    if is_large(db.session, round):
        return started(_job(round, details, reason=form.reason.data, owner=owner()), round)
    result = exclusion.exclude_entry(
        db.session, actor(), round, who, ground, seen=form.seen.data, reason=form.reason.data, now=clock.now()
    )
    db.session.commit()
    flash(_("Đã lập bản kết quả thứ %(version)s.", version=result.version), "success")
    return redirect(back)


def _page(round: Round, paper: EntryDetails, form: RestoreForm, code: int) -> tuple[str, int]:
    subject, ground = of_paper(round, paper), None if paper.exclusion else ExclusionReason.IDENTITY
    preview = exclusion.preview_exclusion(db.session, round, paper.entry.participant_id, ground)
    form.seen.data = preview.digest
    page = render_template(
        "quiz/results/manage/entry.html",
        contest=round.contest,
        round=round,
        paper=paper,
        contact=_contact(round, paper),
        parts=parts_of(db.session, preview),
        form=form,
        asked=waiting(subject, QuizAction.ENTRY_EXCLUDE),
        refused=refused(subject, QuizAction.ENTRY_EXCLUDE, preview.result.made_at),
        action_label=declared().audit_actions,
        state_label=STATE,
        needs_second=asks_second(round.contest),
        me=present_account(),
        link_to=link_to,
        ground_label=EXCLUSION_REASON,
    )
    return page, code


def _contact(round: Round, paper: EntryDetails) -> Contact | None:
    """Return name and number, if the signed-in account has opened the contacts of such entries."""
    opened = list_openings(db.session, round, present_account().id, clock.now())
    is_front = paper.line is not None and paper.line.position <= results.FRONT
    if ("front" in opened and is_front) or ("winners" in opened and paper.winner):
        participant = paper.entry.participant
        return results.contacts_of(db.session, keyring(), [participant]).get(participant.id)
    return None


def waiting(subject: Subject, action: QuizAction) -> Approval | None:
    """Return the open request for *action* on *subject*."""
    found = find_latest(db.session, subject.kind, subject.id, action)
    return found if found and found.is_open_on(local_date(clock.now())) else None


def refused(subject: Subject, action: QuizAction, since: datetime) -> Approval | None:
    """Return the latest request for *action* on *subject* if it was refused or failed after *since*."""
    found = find_latest(db.session, subject.kind, subject.id, action)
    is_ended = found is not None and found.state in (REFUSED, FAILED)
    return found if is_ended and found and found.decided_at and found.decided_at >= since else None


def _asked(session: Session, approval: Approval) -> tuple[Round, uuid.UUID, ExclusionReason | None]:
    given = approval.details
    ground = ExclusionReason(str(given["ground"])) if given["ground"] else None
    return session.get_one(Round, given["round"]), uuid.UUID(str(given["participant"])), ground


def show_exclusion(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the entry without its name, and the present preview; only a warning if it differs from the request."""
    round, who, ground = _asked(session, approval)
    try:
        preview = exclusion.preview_exclusion(session, round, who, ground)
    except (NothingToDo, TooEarly):
        return (stale(),)
    if preview.digest != approval.details["seen"]:
        return (stale(),)
    deed = _("Công nhận lại kết quả")
    if ground:
        deed = _("Không công nhận kết quả, vì %(ground)s", ground=_(EXCLUSION_REASON[ground]))
    published = _("Kết quả đã công bố: trang công bố sẽ ghi đính chính, không nêu tên.")
    when = published if round.published_at else _("Kết quả chưa công bố.")
    return Part(_("Việc sẽ làm"), _about(session, round, preview, who, deed, when)), *parts_of(session, preview)


def _about(
    session: Session, round: Round, preview: Preview, who: uuid.UUID, deed: str, when: str
) -> list[tuple[str, str | Signed]]:
    paper = corrections.find_paper(session, round, who)
    lines: list[tuple[str, str | Signed]] = [
        (_("Việc"), Signed(deed)),
        (_("Công bố"), when),
        (_("Bản kết quả được đính chính"), str(preview.result.version)),
    ]
    if paper is None:
        return lines
    unit, correct = paper.entry.participant.unit.name, paper.entry.attempt.correct or 0
    size = round.asked
    return [*lines, (_("Bài"), _("%(unit)s, đúng %(n)s/%(size)s câu", unit=unit, n=correct, size=size))]


def stale() -> Part:
    """Return the warning that approving the request would have no effect."""
    why = _("Danh sách đã thay đổi sau khi gửi yêu cầu; đồng ý cũng không thực hiện được. Cần gửi yêu cầu mới.")
    return Part(_("Yêu cầu này không còn khớp"), [(_("Vì sao"), why)])


def do_exclusion(session: Session, keyring: Keyring, approval: Approval, now: datetime) -> str | None:
    """Store the requested and shown version, or nothing."""
    round, who, ground = _asked(session, approval)
    if is_large(session, round):
        asker = f"account:{approval.asked_by_id}"
        order = _job(round, approval.details, reason=approval.reason, owner=asker, approval=approval)
        enqueue(session, keyring, order, now=now)
        return LATER
    seen, decider = str(approval.details["seen"]), decided_by(approval)
    try:
        exclusion.exclude_entry(
            session, decider, round, who, ground, seen=seen, reason=approval.reason, now=now, approval=approval
        )
    except (Changed, NothingToDo, TooEarly) as error:
        raise NoLonger(_("Danh sách giải đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")) from error
    return None


def _job(
    round: Round, details: Mapping[str, Plain], *, reason: str, owner: str, approval: Approval | None = None
) -> Order:
    title = _TITLE % {"round": kept_round(round), "contest": round.contest.title}
    return correction_job(EXCLUDE, title, round, details, reason=reason, owner=owner, approval=approval)


HANDLER = Handler(QuizAction.ENTRY_EXCLUDE, "contest.manage", show_exclusion, do_exclusion)
