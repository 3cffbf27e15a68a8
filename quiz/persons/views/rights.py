"""A participant's page about their own data: consents, withdrawals and requests, by code."""

import uuid
from collections.abc import Sequence

from flask import render_template, request
from flask_babel import gettext as _

from core.crypto import new_key
from core.idempotency import OtherBody, run_once
from core.translation import said
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from core.workdays import holidays_around
from privacy.labels import KIND
from privacy.models import Consent
from privacy.operations.consent import agree_again, withdraw_consent
from privacy.operations.requests import MOST_OPEN, TooManyOpen
from privacy.queries.consents import changes_often, list_consents
from privacy.queries.requests import list_requests_about
from privacy.rules.deadlines import Kind
from quiz.attempt.queries import attempt as find
from quiz.attempt.views.entry import why_not_found
from quiz.contest.models import Participant
from quiz.contest.operations.locks import lock_people
from quiz.contest.operations.nicknames import NicknameRefused, choose_nickname, take_back
from quiz.contest.rules.consent import FREE, PARTICIPANT, Purpose
from quiz.contest.views import blueprint
from quiz.outreach.operations.announcement import stop_people
from quiz.persons.forms.rights import RightsForm
from quiz.persons.labels import PURPOSE
from quiz.persons.operations.holder import HOLDER
from quiz.persons.operations.own_request import send_request
from quiz.persons.queries.nicknames import find_own

Page = tuple[str, int]


@blueprint.route("/quyen-cua-toi", methods=["GET", "POST"])
def rights() -> Page:
    """Ask for the code, then show consents and the form of a request."""
    form = RightsForm()
    if request.method != "POST":
        return _page(form, None, 200)
    is_valid = form.validate()
    holder = None if form.code.errors else find.find_holder(db.session, keyring(), form.readings)
    if holder is None and not form.code.errors:  # counted even in a bad form, or codes could be tried in those
        return _page(form.renew(), None, refuse_code(form.code, why_not_found(form)))
    if holder is None or not is_valid:
        return _page(form.renew(), holder, 400 if form.is_malformed else 422)
    return _act(form, holder)


def _act(form: RightsForm, holder: Participant) -> Page:
    if form.act.data in FREE:
        withdraw_consent(db.session, PARTICIPANT, [holder.id], [form.act.data], now=arrived_at())
        if form.act.data == Purpose.REACHED:
            stop_people(db.session, [holder.id])
        db.session.commit()
        return _page(form, holder, 200, form.act.data)
    if holder.person_id is None:
        return _page(form, holder, 200)
    deed = {"agree": _agree, "ask": _try_to_ask, "nickname": _choose_nickname, "no-nickname": _take_back_nickname}.get(
        form.act.data
    )
    return deed(form, holder) if deed else _page(form, holder, 200)


def _agree(form: RightsForm, holder: Participant) -> Page:
    choices = HOLDER.notices.offered(is_child=holder.may_be_child)
    if not choices:  # a possible child, or everything is in force
        return _page(form, holder, 422)
    agreed = form.agreed(choices)
    if not agreed:
        form.miss(_offered(holder, list_consents(db.session, PARTICIPANT, [holder.id])) or choices)
        return _page(form, holder, 422)
    if changes_often(db.session, PARTICIPANT, holder.id, arrived_at()):
        form.form_errors.append(_("Bạn đã đổi ý nhiều lần trong một ngày. Xin chờ đến mai rồi đồng ý lại."))
        return _page(form, holder, 409)
    agree_again(db.session, HOLDER, [holder.id], agreed, now=arrived_at())
    db.session.commit()
    return _page(form, holder, 200, "agree")


def _choose_nickname(form: RightsForm, holder: Participant) -> Page:
    wanted = form.nickname.data or ""
    if not wanted:
        form.nickname.errors = [_("Xin ghi biệt danh.")]
        return _page(form, holder, 422)
    try:
        for each in lock_people(db.session, [holder.id]):
            choose_nickname(db.session, keyring(), each, wanted, now=arrived_at())
    except NicknameRefused as refusal:
        db.session.rollback()
        form.nickname.errors = [said(refusal.why)]
        return _page(form, holder, 409)
    db.session.commit()
    return _page(form, holder, 200, "nickname")


def _take_back_nickname(form: RightsForm, holder: Participant) -> Page:
    take_back(db.session, holder.id)
    db.session.commit()
    return _page(form, holder, 200, "no-nickname")


def _try_to_ask(form: RightsForm, holder: Participant) -> Page:
    try:
        _ask(form, holder)
    except OtherBody:
        db.session.rollback()
        form.key.data = new_key()
        return _page(form, holder, 422)
    except TooManyOpen:
        db.session.rollback()
        form.key.data = new_key()
        form.details.errors = [
            _("Bạn đã có %(n)s yêu cầu đang chờ trả lời. Xin đợi được trả lời, hoặc hỏi Ban Tổ chức.", n=MOST_OPEN)
        ]
        return _page(form, holder, 409)
    return _page(form, holder, 200, "ask")


def _ask(form: RightsForm, holder: Participant) -> None:
    now = arrived_at()

    def act() -> None:
        send_request(
            db.session, keyring(), holder, kind=Kind(form.kind.data), details=form.details.data or "",
            holidays=holidays_around(local_date(now)), now=now,
        )  # fmt: skip

    run_once(db.session, form.key.data, form.body(), today=local_date(now), reply=uuid.uuid4().hex, act=act)
    db.session.commit()


def _offered(holder: Participant, consents: Sequence[Consent]) -> Sequence[str]:
    """Return the purposes that the page offers: those without a consent in force."""
    standing = [each.purpose for each in consents if each.withdrawn_at is None]
    return HOLDER.notices.offered(standing, is_child=holder.may_be_child)


def _page(form: RightsForm, holder: Participant | None, status: int, done: str = "") -> Page:
    if done:
        form.key.data = new_key()
    consents = list_consents(db.session, PARTICIPANT, [holder.id]) if holder else []
    page = render_template(
        "quiz/persons/rights.html",
        form=form,
        holder=holder,
        done=done,
        consents=consents,
        nickname=find_own(db.session, keyring(), holder) if holder and holder.person_id else None,
        offered=_offered(holder, consents) if holder else (),
        asked=list_requests_about(db.session, PARTICIPANT, holder.id) if holder else [],
        purpose_label=PURPOSE,
        kind_label=KIND,
        free=FREE,
    )
    return page, status
