"""Register for a contest, without session and cookie: everything needed is in the page."""

from collections.abc import Callable
from datetime import datetime

from flask import render_template, request, url_for
from flask_babel import lazy_gettext as _
from markupsafe import Markup

from commune.models import Unit
from commune.queries.logos import digest_of
from core import qr
from core.crypto import new_code, new_key
from core.idempotency import OtherBody, Reply, run_once
from core.translation import said
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.extensions import db, keyring
from core.web.sharing import public_address
from privacy.rules.age import GROWN_UP
from quiz.attempt.forms.confirm import SendCodeForm
from quiz.attempt.forms.entry import BeginForm, EnterForm
from quiz.attempt.forms.more import registration_form
from quiz.attempt.forms.registration import RegistrationForm
from quiz.attempt.queries.attempt import is_receipt
from quiz.contest import queries as contests
from quiz.contest.labels import eligibility_words
from quiz.contest.labels.rounds import round_words
from quiz.contest.models import Contest, Round
from quiz.contest.operations.cards import CardRefused, CardUnknown, CardUsed, CardVoided
from quiz.contest.operations.nicknames import NicknameRefused
from quiz.contest.operations.registration import AlreadyRegistered, register_participant
from quiz.contest.operations.rehearsal import RehearsalOver
from quiz.contest.queries.face import ContestFace, contest_face
from quiz.contest.rules.presets import Eligibility, Rules
from quiz.contest.views import blueprint, contest_or_404

Page = tuple[str, int]

CARD_REFUSALS: dict[type[Exception], str] = {
    CardUnknown: _("Không tìm thấy mã thẻ này trong cuộc thi. Xin xem lại từng chữ, từng số trên thẻ."),
    CardUsed: _("Thẻ này đã có người dùng. Mỗi thẻ dùng một lần: hãy hỏi trưởng thôn, tổ trưởng để nhận thẻ khác."),
    CardVoided: _("Thẻ này đã bị hủy. Hãy hỏi trưởng thôn, tổ trưởng để nhận thẻ khác."),
}
REFUSALS: dict[type[Exception], tuple[int, str]] = {
    OtherBody: (422, _("Bạn vừa đăng ký với thông tin khác. Nếu muốn đăng ký thêm người, hãy bấm gửi.")),
    AlreadyRegistered: (
        409,
        _(
            "Bạn đã đăng ký cuộc thi này. Hãy vào thi bằng mã cá nhân đã nhận; mất mã thì gọi Ban Tổ chức. Chưa từng "
            "đăng ký thì có thể một phiếu giấy đã ghi tên bạn: gọi Ban Tổ chức nhận mã, vào thi rồi bỏ phiếu ấy."
        ),
    ),
    RehearsalOver: (409, _("Cuộc thi vừa chuyển giữa diễn tập và thi thật. Xin xem lại trang này rồi bấm Đăng ký.")),
}


@blueprint.route("/<slug>/dang-ky", methods=["GET", "POST"])
def register(slug: str) -> Page:
    """Register and show the personal code for coming back."""
    contest, now = contest_or_404(slug), arrived_at()
    if contest.called_off_at is not None:
        return render_template("quiz/attempt/called_off.html", contest=contest), 410
    face = contest_face(db.session, contest, now)
    form = _form_of(contest, now, face)
    if request.method != "POST":
        form.show_as(contest.is_rehearsal)
        return _registration_form(contest, form, face, 200)
    if not form.validate():
        return _registration_page(contest, form, face, 400 if form.is_malformed else 422)
    try:
        reply = _register(contest, form, now)
    except (CardRefused, NicknameRefused) as refusal:
        _blame(form, refusal)
        return _registration_page(contest, form, face, 409)
    except tuple(REFUSALS) as refusal:
        form.key.data = new_key()
        return _registration_page(contest, form, face, *REFUSALS[type(refusal)])
    return _registered_page(contest, form, reply, now)


def _blame(form: RegistrationForm, refusal: CardRefused | NicknameRefused) -> None:
    form.key.data = new_key()
    if isinstance(refusal, NicknameRefused):
        form.nickname.errors = [said(refusal.why)]
    else:
        form.card.errors = [CARD_REFUSALS[type(refusal)]]


def _form_of(contest: Contest, now: datetime, face: ContestFace) -> RegistrationForm:
    """Return the form of a registration with the units, blocs and further fields of *contest*."""
    form = registration_form(contest.asked_fields).expect(today=local_date(now), youngest=contest.youngest)
    form.offer_blocs(contest.blocs, asks_more=contest.asks_more)
    coming = {round.number: round for round in contest.rounds if round.opens_at > now} if face.late else {}
    form.unit.offer((unit.id, _unit_words(unit, coming.get(face.late.get(unit.id, 0)))) for unit in face.units)
    return form


def _unit_words(unit: Unit, first: Round | None) -> str:
    """Return a unit as one chooses it, with the round from which on it takes part where that is to come."""
    return unit.label if first is None else str(_("%(unit)s (từ %(round)s)", unit=unit.label, round=round_words(first)))


def _registered_page(contest: Contest, form: RegistrationForm, reply: Reply, now: datetime) -> Page:
    page = render_template(
        "quiz/attempt/registered.html",
        contest=contest,
        code=reply.text,
        link=_personal_link(contest, reply.text),
        has_roster=_has_roster(contest),
        has_card=form.card.read is not None if takes_cards(contest) else None,
        takes_phone_codes=takes_phone_codes(contest),
        sending=SendCodeForm(formdata=None, code=reply.text),
        enter=BeginForm(formdata=None, code=reply.text),
        logo=digest_of(db.session, contest.unit_id),
        open_round=contests.find_open_round(db.session, contest, now),
        next_round=contests.find_next_round(db.session, contest, now),
    )
    return page, 200 if reply.is_replay else 201


def _personal_link(contest: Contest, code: str) -> Markup | None:
    """Return the QR code of the address that fills in a personal code; None while it opens on this machine alone.

    The code stands in the fragment, which a browser sends to no server.
    """
    address = public_address(url_for("quiz.enter", slug=contest.slug))
    if not address:
        return None
    drawn = qr.svg(f"{address}#{code}", title=str(_("Mã QR mở trang vào thi với mã cá nhân này")))
    return Markup(drawn)  # noqa: S704 - drawn by us, its title escaped


def takes_phone_codes(contest: Contest) -> bool:
    """Return whether phone codes confirm the participants of *contest* now; a rehearsal sends none."""
    return Rules.from_dict(contest.rules).eligibility is Eligibility.SMS and not contest.is_rehearsal


def takes_cards(contest: Contest) -> bool:
    """Return whether entry cards confirm the participants of *contest* now; a rehearsal uses none up."""
    return Rules.from_dict(contest.rules).eligibility is Eligibility.CARD and not contest.is_rehearsal


def _has_roster(contest: Contest) -> bool:
    """Return whether a roster decides who is ranked. Who is on it is said to no one who registers: anybody may."""
    return Rules.from_dict(contest.rules).eligibility is Eligibility.ROSTER and not contest.is_rehearsal


def _register(contest: Contest, form: RegistrationForm, now: datetime) -> Reply:
    if not form.was_shown_as(contest.is_rehearsal):
        raise RehearsalOver
    code = new_code()
    return commit_once(
        form.key.data,
        form.body() | {"contest": contest.id},
        now,
        code,
        lambda: register_participant(
            db.session,
            keyring(),
            contest,
            form.identity,
            unit_id=form.unit.data,
            code=code,
            now=now,
            agreed=form.agreed,
            card=form.card.read if takes_cards(contest) else None,
            bloc=form.chosen_bloc,
            more=form.more,
            nickname=form.nickname.data or "",
        ),
    )


def _registration_page(
    contest: Contest, form: RegistrationForm, face: ContestFace, status: int, problem: str = ""
) -> Page:
    if problem:
        form.form_errors.append(problem)
    form.renew()
    db.session.refresh(contest)
    form.show_as(contest.is_rehearsal)
    return _registration_form(contest, form, face, status)


def _registration_form(contest: Contest, form: RegistrationForm, face: ContestFace, status: int) -> Page:
    page = render_template(
        "quiz/attempt/register.html",
        contest=contest,
        form=form,
        face=face,
        guardian_year=form.today.year - GROWN_UP,
        eligibility=eligibility_words(contest.rules, is_weekly=contest.is_weekly),
        takes_cards=takes_cards(contest),
    )
    return page, status


def why_not_found(form: EnterForm) -> str:
    """Return the reason why the code in *form* is no personal code."""
    if is_receipt(db.session, keyring(), form.readings):
        return str(_("Đây là mã tra cứu, chỉ để xem kết quả. Việc này cần mã cá nhân nhận được khi đăng ký."))
    return str(_("Không tìm thấy mã này. Xin xem lại từng chữ, từng số của mã; mất mã thì gọi Ban Tổ chức."))


def commit_once(key: str, body: dict[str, object], now: datetime, reply: str, act: Callable[[], object]) -> Reply:
    """Call `core.idempotency.run_once` and commit, or roll back on a refusal."""
    try:
        found = run_once(db.session, key, body, today=local_date(now), reply=reply, act=act)
    except Exception:
        db.session.rollback()
        raise
    db.session.commit()
    return found
