"""The organiser's page that gives a participant a new personal code: shown once after a second person's approval, or
sent to the registered phone, so that no account sees it.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import abort, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part
from account.rules.signed import Signed
from account.views.current import actor, link_to, present_account, request_approval
from core import clock
from core.crypto import Keyring, new_code
from core.values import phone
from core.values.dates import moment
from core.web.access import requires
from core.web.extensions import db, keyring, settings
from core.web.forms import ActionForm
from privacy.models.holder import Contact
from quiz.attempt.operations.phone_codes import NoMoreToday, TooSoon
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest, Participant
from quiz.contest.rules.actions import QuizAction
from quiz.persons.forms.renewal import BY_TEXT, RenewalForm
from quiz.persons.operations.renewal import NoSuchParticipant, of_participant, renew_code, text_code
from quiz.persons.queries.participants import find_identity
from quiz.persons.queries.renewal import (
    GOOD_FOR,
    find_asked_for,
    find_renewal,
    is_undecided,
    list_papers,
    list_renewals,
)
from quiz.results.queries.result import contacts_of

Page = Response | tuple[str, int]


@blueprint.route("/<slug>/ma-ca-nhan", methods=["GET", "POST"])
@requires("contest.manage")
def renew(slug: str) -> Page:
    """Ask for the participant's name, phone and birth year, and send, request or show the new code."""
    contest, form = contest_or_404(slug), RenewalForm()
    if not form.validate_on_submit():
        return _page(contest, form, 422 if form.is_submitted() else 200)
    participant = find_identity(db.session, keyring(), contest, form.identity)
    try:
        if participant is None or participant.restricted_at is not None or participant.person_id is None:
            raise NoSuchParticipant
        return _renew(contest, participant, form)
    except NoSuchParticipant:
        db.session.rollback()
        form.form_errors.append(_("Không có người dự thi nào đăng ký với đúng họ tên, số điện thoại và năm sinh này."))
    except (TooSoon, NoMoreToday):
        db.session.rollback()
        form.form_errors.append(_("Số điện thoại này vừa nhận tin nhắn, hoặc hôm nay đã đủ số tin. Xin thử lại sau."))
        return _page(contest_or_404(slug), form, 429)
    return _page(contest_or_404(slug), form, 404)


def _renew(contest: Contest, participant: Participant, form: RenewalForm) -> Page:
    code, reason, now = new_code(), form.reason.data or "", clock.now()
    if form.way.data == BY_TEXT and _texts(contest):
        sent_to = text_code(db.session, keyring(), actor(), participant, code=code, reason=reason, now=now)
        db.session.commit()
        return _page(contest, form, 200, sent_to=phone.mask(sent_to))
    if asks_second(contest) and is_undecided(contest, now):
        back = f"/quan-tri/cuoc-thi/{contest.slug}/ma-ca-nhan"
        return request_approval(QuizAction.CODE_RENEW, of_participant(participant), reason=reason, back=back)
    renew_code(db.session, keyring(), actor(), participant, code=code, reason=reason, now=now)
    db.session.commit()
    return _page(contest, form, 200, code=code, name=form.name.data or "")


@blueprint.post("/<slug>/ma-ca-nhan/<uuid:approval_id>")
@requires("contest.manage")
def renew_approved(slug: str, approval_id: uuid.UUID) -> Page:
    """Make and show the code that a second person has agreed to; each approval gives one."""
    contest, code, now = contest_or_404(slug), new_code(), clock.now()
    found = find_renewal(db.session, present_account(), approval_id, now)
    if found is None or found.participant.contest_id != contest.id:
        abort(404)
    if not ActionForm().validate_on_submit():
        return _page(contest, RenewalForm(None), 422)
    person, approval = found.participant, found.approval
    agreed: dict[str, Any] = {"reason": approval.reason, "approval": approval}
    try:
        renew_code(db.session, keyring(), actor(), person, code=code, now=now, **agreed)
    except NoSuchParticipant:
        db.session.rollback()
        abort(404)
    db.session.commit()
    return _page(contest, RenewalForm(None), 200, code=code, name=_name(person))


def _texts(contest: Contest) -> bool:
    """Return whether a new code can go to the registered phone; a rehearsal sends none."""
    return bool(settings().sms_url) and not contest.is_rehearsal


def _name(participant: Participant) -> str:
    contact = contacts_of(db.session, keyring(), [participant]).get(participant.id)
    return contact.name if contact else ""


def _page(
    contest: Contest, form: RenewalForm, status: int, *, code: str = "", name: str = "", sent_to: str = ""
) -> Page:
    now, me = clock.now(), present_account()
    mine = [each for each in list_renewals(db.session, me, now) if each.participant.contest_id == contest.id]
    page = render_template(
        "quiz/persons/manage/renewal.html",
        contest=contest,
        form=form,
        code=code,
        name=name,
        sent_to=sent_to,
        texts=_texts(contest),
        needs_second=asks_second(contest) and is_undecided(contest, now),
        ready=[(each.approval, _name(each.participant)) for each in mine if each.may_be_made(now)],
        waiting=[(each.approval, _name(each.participant)) for each in mine if not each.may_be_made(now)],
        days=GOOD_FOR.days,
        link_to=link_to,
    )
    return page, status


def _who(contact: Contact | None, unit: str) -> Signed:
    """Return the person that a code is for: their name, and the end of their number if there is one."""
    if contact is None:
        return Signed("", unit)
    return Signed(contact.name, f"{phone.mask_unbroken(contact.phone)}, {unit}" if contact.phone else unit)


def show_renewal(session: Session, keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return for whom the code is, and what it could be used for; the code itself does not exist yet."""
    participant = find_asked_for(session, approval)
    if participant is None:
        return ()
    contact = contacts_of(session, keyring, [participant]).get(participant.id)
    lines = [
        (_("Người dự thi"), _who(contact, participant.unit.name)),
        (_("Sau khi đồng ý"), _("Người gửi yêu cầu thấy mã mới một lần, đọc cho người dự thi; mã cũ hết hiệu lực")),
        (_("Vì sao cần hai người"), _("Ai cầm mã thì mở được đề và nộp bài thay người dự thi")),
        (_("Nên làm"), _("Hỏi người dự thi đang ở quầy, hoặc tự gọi lại cho họ, trước khi đồng ý")),
    ]
    papers = [(_("Tuần %(number)s", number=number), _paper(at)) for number, at in list_papers(session, participant)]
    none = [(_("Chưa có"), _("Người này chưa mở đề đợt nào"))]
    return Part(_("Cấp lại mã cá nhân"), lines), Part(_("Bài của người này"), papers or none)


def _paper(submitted_at: datetime | None) -> str:
    return str(_("nộp lúc %(moment)s", moment=moment(submitted_at)) if submitted_at else _("đã mở đề, chưa nộp"))


def do_renewal(session: Session, _keyring: Keyring, approval: Approval, _now: datetime) -> None:
    """Allow the requester to make one code: it is made, and seen, on their page alone."""
    participant = find_asked_for(session, approval)
    if participant is None or participant.restricted_at is not None:
        raise NoLonger(_("Thông tin của người dự thi đã xóa hoặc đang tạm dừng xử lý."))


HANDLER = Handler(QuizAction.CODE_RENEW, "contest.manage", show_renewal, do_renewal)
