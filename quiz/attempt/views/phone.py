"""Confirm one's phone by a code in a text message, without session and cookie."""

from flask import abort, render_template, request
from flask_babel import lazy_gettext as _

from core.throttle import Shut
from core.values import phone
from core.values.dates import duration
from core.web.arrival import arrived_at
from core.web.client import client_network
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from core.web.forms import CitizenForm
from quiz.attempt.forms.confirm import PhoneCodeForm, SendCodeForm
from quiz.attempt.operations.confirming import AlreadyConfirmed
from quiz.attempt.operations.phone_codes import NoMoreToday, TooSoon, WrongCode, check_code, send_code
from quiz.attempt.queries import attempt as find
from quiz.attempt.views.entry import takes_phone_codes
from quiz.contest.labels import eligibility_words
from quiz.contest.models import Contest
from quiz.contest.operations.confirmation import PhoneFull
from quiz.contest.views import blueprint, contest_or_404

Page = tuple[str, int]
UNKNOWN = _("Không tìm thấy mã này trong cuộc thi. Xin xem lại từng chữ.")
NO_MORE = _("Hôm nay đã gửi đủ số tin nhắn. Ngày mai gửi tiếp được, hoặc hãy gọi Ban Tổ chức.")
NO_PHONE = _("Không gửi được đến số điện thoại đã đăng ký. Hãy gọi Ban Tổ chức.")
NO_PLACE = _("Số này đã có đủ người xác nhận. Hãy gọi Ban Tổ chức.")
WRONG = _("Mã không đúng hoặc đã quá 10 phút. Xin xem lại tin nhắn mới nhất, hoặc gửi mã khác.")


def _contest(slug: str) -> Contest:
    contest = contest_or_404(slug)
    return contest if takes_phone_codes(contest) else abort(404)


def _holder(contest: Contest, codes: tuple[str, ...]) -> find.CodeHolder | None:
    found = (find.find_participant_by_code(db.session, keyring(), contest, code) for code in codes)
    return next(filter(None, found), None)


@blueprint.route("/<slug>/xac-nhan-so", methods=["GET", "POST"])
def confirm_phone(slug: str) -> Page:
    """Send a code to the phone of the participant whose personal code it is."""
    contest, form = _contest(slug), SendCodeForm()
    if request.method != "POST":
        return _page(contest, form, 200)
    if not form.validate():
        return _page(contest, form.renew(), 400 if form.is_malformed else 422)
    holder = _holder(contest, form.readings)
    if holder is None:
        status = refuse_code(form.code, str(UNKNOWN))
        return _page(_contest(slug), form, status)
    return _send(contest, holder, form)


def _send(contest: Contest, holder: find.CodeHolder, form: SendCodeForm) -> Page:
    slug = contest.slug
    try:
        sent_to = send_code(db.session, keyring(), contest, holder.id, network=client_network(), now=arrived_at())
    except AlreadyConfirmed:
        db.session.rollback()
        return render_template("quiz/attempt/confirmed.html", contest=_contest(slug)), 200
    except TooSoon as refusal:
        db.session.rollback()
        asked = PhoneCodeForm(formdata=None, code=form.code.data)
        asked.digits.errors = [_wait(refusal)]
        return _page(_contest(slug), asked, 429)
    except (NoMoreToday, Shut, LookupError) as refusal:
        db.session.rollback()
        form.code.errors = [_refusal(refusal)]
        return _page(_contest(slug), form.renew(), 429 if isinstance(refusal, Shut) else 409)
    db.session.commit()
    asked = PhoneCodeForm(formdata=None, code=form.code.data)
    return _page(_contest(slug), asked, 200, sent_to=phone.mask(sent_to))


def _refusal(refusal: Exception) -> str:
    if isinstance(refusal, Shut):
        return str(_("Từ mạng này đã xin nhiều tin nhắn. Xin đợi %(n)s giây rồi bấm gửi lại.", n=refusal.seconds))
    return str(NO_MORE if isinstance(refusal, NoMoreToday) else NO_PHONE)


def _wait(refusal: TooSoon) -> str:
    wait = duration(int(refusal.wait.total_seconds() * 1000))
    return str(_("Vừa gửi mã rồi. Xin xem tin nhắn, hoặc đợi %(wait)s rồi gửi mã khác.", wait=wait))


@blueprint.post("/<slug>/xac-nhan-so/ma")
def check_phone_code(slug: str) -> Page:
    """Confirm the phone by the code that was sent to it; every try counts."""
    contest, form = _contest(slug), PhoneCodeForm()
    if not form.validate():
        return _page(contest, form.renew(), 400 if form.is_malformed else 422)
    holder = _holder(contest, form.readings)
    if holder is None:
        again = SendCodeForm(formdata=None)
        status = refuse_code(again.code, str(UNKNOWN))
        return _page(_contest(slug), again, status)
    try:
        check_code(db.session, keyring(), holder.id, form.digits.read, now=arrived_at())
    except WrongCode:
        form.digits.errors = [WRONG]
    except PhoneFull:
        db.session.rollback()
        form.digits.errors = [NO_PLACE]
    db.session.commit()
    if form.digits.errors:
        return _page(_contest(slug), form.renew(), 422)
    return render_template("quiz/attempt/confirmed.html", contest=_contest(slug)), 200


def _page(contest: Contest, form: CitizenForm, status: int, sent_to: str = "") -> Page:
    page = render_template(
        "quiz/attempt/confirm_phone.html",
        contest=contest,
        form=form,
        sent_to=sent_to,
        eligibility=eligibility_words(contest.rules, is_weekly=contest.is_weekly),
        asks_digits=isinstance(form, PhoneCodeForm),
    )
    return page, status
