"""The organiser's pages of messages to those who agreed: write, preview, send, and see how far it is."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.rules.chain import Plain
from account.rules.signed import Signed
from account.views.current import actor, request_approval
from core import clock
from core.crypto import Keyring
from core.values.numbers import thousands
from core.values.text import N_
from core.values.week import is_daytime
from core.web.access import requires
from core.web.extensions import db, keyring, settings
from core.web.forms import ActionForm
from core.web.jobs import owner
from core.web.sharing import public_address, public_host
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest, Round
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.queries import find_open_round
from quiz.contest.rules.actions import QuizAction
from quiz.contest.views import typed_address
from quiz.outreach.forms import ABSENT, AnnouncementForm
from quiz.outreach.models import Announcement
from quiz.outreach.operations import announcement as operations
from quiz.outreach.queries.announcement import (
    AnnouncementProgress,
    count_phones,
    find_announcement,
    list_announcements,
    progress_of,
    troubles_of,
)
from quiz.outreach.rules.text_message import MOST_A_WEEK, MOST_PARTS, Alphabet, MessageLength, length_of

Page = Response | tuple[str, int]
SAMPLE = "0900000000"
REFUSALS: dict[type[Exception], str] = {
    operations.NotAnnounceable: N_("Cuộc thi chưa công khai, đang diễn tập hoặc đã hủy nên không gửi tin."),
    operations.AnnouncedEnough: N_("Bảy ngày qua đã gửi đủ số tin cho phép. Xin chờ, để người dân không bị làm phiền."),
    operations.NoRecipients: N_("Chưa có ai đồng ý nhận tin, hoặc mọi người đã thi đợt này."),
    operations.TooLate: N_(
        "Tin này quá 7 ngày, hoặc đợt thi trong tin đã hết giờ, nên không gửi lại. Xin soạn tin mới."
    ),
}


@dataclass(frozen=True)
class MessagePreview:
    """A message as a phone shows it, its length with marks and without, and how many phones get it."""

    message: str
    length: MessageLength
    plain_parts: int
    phones: int

    @property
    def is_marked(self) -> bool:
        """Whether the marks of Vietnamese make it longer."""
        return self.length.alphabet is Alphabet.UCS2 and self.plain_parts < self.length.parts

    @property
    def total(self) -> int:
        """The parts that are paid for."""
        return self.phones * self.length.parts


@blueprint.route("/<slug>/nhan-tin", methods=["GET", "POST"])
@requires("contest.manage")
def announcements(slug: str) -> Page:
    """Write a message, preview it, and send it, or ask a second person."""
    contest, now, form = contest_or_404(slug), clock.now(), AnnouncementForm()
    if not form.validate_on_submit():
        return _page(contest, form, None, 422 if form.is_submitted() else 200)
    wording = _wording(contest, form, now)
    try:
        phones = operations.check_announcement(db.session, contest, wording, now=now)
    except tuple(REFUSALS) as refusal:
        form.form_errors.append(_(REFUSALS[type(refusal)]))
        return _page(contest, form, None, 409)
    return _previewed(contest, form, wording, _preview(contest, wording, phones), now)


def _previewed(
    contest: Contest, form: AnnouncementForm, wording: operations.Wording, preview: MessagePreview, now: datetime
) -> Page:
    """Send what was previewed if its button was pressed; show the preview otherwise."""
    if preview.length.parts > MOST_PARTS:
        form.text.errors = [
            _(
                "Dài %(n)s tin ngắn, nhiều nhất là %(most)s. Xin rút ngắn, hoặc bỏ dấu.",
                n=preview.length.parts,
                most=MOST_PARTS,
            )
        ]
        return _page(contest, form, None, 422)
    return _send(contest, wording, now) if form.send.data and _can_send() else _page(contest, form, preview, 200)


def _send(contest: Contest, wording: operations.Wording, now: datetime) -> Page:
    if asks_second(contest):
        details: dict[str, Plain] = {
            "text": wording.text,
            "is_plain": wording.is_plain,
            "has_link": wording.has_link,
            "round": wording.absent_from.id if wording.absent_from else None,
            "contest": _links(contest).contest,
            "stop": _links(contest).stop,
        }
        back = url_for(".announcements", slug=contest.slug)
        return request_approval(QuizAction.ANNOUNCE, of_contest(contest), reason="", details=details, back=back)
    sending = operations.Sending(_links(contest), owner())
    try:
        made = operations.announce(db.session, keyring(), actor(), contest, wording, sending, now=now)
    except tuple(REFUSALS) as refusal:
        db.session.rollback()
        flash(_(REFUSALS[type(refusal)]), "warning")
        return redirect(url_for(".announcements", slug=contest.slug))
    db.session.commit()
    return redirect(url_for(".announcement", slug=contest.slug, id=made.id))


@blueprint.get("/<slug>/nhan-tin/<uuid:id>")
@requires("contest.manage")
def announcement(slug: str, id: uuid.UUID) -> str:
    """Show how far a message is: sent, waiting, failed and why."""
    contest = contest_or_404(slug)
    found = find_announcement(db.session, contest, id) or abort(404)
    return render_template(
        "quiz/outreach/manage/announcement.html",
        contest=contest,
        found=found,
        progress=progress_of(db.session, found),
        troubles=troubles_of(db.session, found),
        message=operations.message_to(keyring(), contest.id, SAMPLE, operations.wording_of(found), _links(contest)),
        waits_for_day=not is_daytime(clock.now()),
    )


@blueprint.post("/<slug>/nhan-tin/<uuid:id>/gui-lai")
@requires("contest.manage")
def retry_announcement(slug: str, id: uuid.UUID) -> Response:
    """Queue the messages again that were given up."""
    contest = contest_or_404(slug)
    found = find_announcement(db.session, contest, id) or abort(404)
    if ActionForm().validate_on_submit():
        try:
            done = operations.retry_failed(db.session, actor(), found, now=clock.now())
        except (operations.NotAnnounceable, operations.TooLate) as refusal:
            db.session.rollback()
            flash(_(REFUSALS[type(refusal)]), "warning")
        else:
            db.session.commit()
            flash(_("%(n)s tin nhắn được gửi lại.", n=thousands(done)), "success")
    return redirect(url_for(".announcement", slug=slug, id=id))


def _wording(contest: Contest, form: AnnouncementForm, now: datetime) -> operations.Wording:
    round = _open_round(contest, now) if form.recipients.data == ABSENT else None
    return operations.Wording(form.text.data or "", form.is_plain.data, form.has_link.data, round)


def _open_round(contest: Contest, now: datetime) -> Round | None:
    return find_open_round(db.session, contest, now)


def _links(contest: Contest) -> operations.Links:
    """Return the addresses of a message, the same in every language that its writer may read the page in."""
    stop = url_for("quiz_short.lead_to_stop", number=contest.id, lang=None)
    return operations.Links(typed_address(contest), f"{public_host()}{stop}")


def _can_send() -> bool:
    return bool(settings().sms_url and public_address())


def _preview(contest: Contest, wording: operations.Wording, phones: int) -> MessagePreview:
    links = _links(contest)
    message, plain = (
        operations.message_to(keyring(), contest.id, SAMPLE, each, links)
        for each in (wording, operations.Wording(wording.text, True, wording.has_link))
    )
    return MessagePreview(message, length_of(message), length_of(plain).parts, phones)


def _page(contest: Contest, form: AnnouncementForm, preview: MessagePreview | None, status: int) -> Page:
    now = clock.now()
    sent: Sequence[tuple[Announcement, AnnouncementProgress]] = [
        (each, progress_of(db.session, each)) for each in list_announcements(db.session, contest)
    ]
    round = _open_round(contest, now)
    page = render_template(
        "quiz/outreach/manage/announcements.html",
        contest=contest,
        form=form,
        preview=preview,
        sent=sent,
        phones=count_phones(db.session, contest),
        absent=count_phones(db.session, contest, round) if round else 0,
        round=round,
        has_gateway=bool(settings().sms_url),
        has_address=bool(public_address()),
        needs_second=asks_second(contest),
        waits_for_day=not is_daytime(now),
        most=MOST_A_WEEK,
    )
    return page, status


def show_announcement(session: Session, keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the message as a phone shows it, to how many it goes, and what it costs."""
    contest, given = session.get_one(Contest, int(approval.subject_id)), approval.details
    wording = _given(session, approval)
    links = operations.Links(str(given["contest"]), str(given["stop"]))
    message = operations.message_to(keyring, contest.id, SAMPLE, wording, links)
    phones, parts = count_phones(session, contest, wording.absent_from), length_of(message).parts
    to = _("Người đã đồng ý nhận tin mà chưa thi") if wording.absent_from else _("Mọi người đã đồng ý nhận tin")
    lines = [
        (_("Tin nhắn"), message),
        (_("Gửi cho"), Signed(_("%(n)s số điện thoại", n=thousands(phones)), to)),
        (_("Số tin ngắn"), _("%(parts)s mỗi người, %(total)s tất cả", parts=parts, total=thousands(parts * phones))),
        (_("6 số ở cuối"), _("Mỗi số điện thoại một khác; để người nhận tự thôi nhận tin")),
    ]
    return (Part(_("Việc sẽ làm"), lines),)


def do_announcement(session: Session, keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Send it in the name of who asked."""
    contest, given = session.get_one(Contest, int(approval.subject_id)), approval.details
    links = operations.Links(str(given["contest"]), str(given["stop"]))
    sending = operations.Sending(links, f"account:{approval.asked_by_id}")
    wording = _given(session, approval)
    try:
        operations.announce(
            session, keyring, decided_by(approval), contest, wording, sending, now=now, approval=approval
        )
    except tuple(REFUSALS) as refusal:
        raise NoLonger(_(REFUSALS[type(refusal)])) from refusal


def _given(session: Session, approval: Approval) -> operations.Wording:
    given = approval.details
    round = session.get(Round, given["round"]) if given["round"] else None
    return operations.Wording(str(given["text"]), bool(given["is_plain"]), bool(given["has_link"]), round)


HANDLER = Handler(QuizAction.ANNOUNCE, "contest.manage", show_announcement, do_announcement)
