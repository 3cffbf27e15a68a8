"""Registering, beginning a paper and submitting it; no session and no cookie, only what the page itself carries."""

import logging
import uuid
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import abort, render_template, request
from itsdangerous import BadSignature, URLSafeSerializer

from core.clock import MILLISECOND
from core.crypto import new_code, new_key
from core.idempotency import OtherBody, Reply, run_once
from core.values.text import N_
from core.values.week import local_date
from core.web.arrival import arrived_at
from core.web.extensions import db, keyring
from quiz.attempt.forms.entry import ANSWER, EnterForm, PaperForm, RegistrationForm, paper_form
from quiz.attempt.models import Attempt
from quiz.attempt.operations import attempt as attempts
from quiz.attempt.queries import attempt as find
from quiz.contest import queries as contests
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.registration import AlreadyRegistered, PhoneFull, register_participant
from quiz.contest.operations.rehearsal import RehearsalOver
from quiz.contest.rules.consent import GROWN_UP
from quiz.contest.views import blueprint, contest_or_404

log = logging.getLogger(__name__)
Page = tuple[str, int]

REFUSALS: dict[type[Exception], tuple[int, str]] = {
    OtherBody: (422, N_("Bạn vừa đăng ký với thông tin khác. Nếu muốn đăng ký thêm người, hãy bấm gửi.")),
    AlreadyRegistered: (409, N_("Bạn đã đăng ký cuộc thi này. Hãy vào thi bằng mã cá nhân đã nhận.")),
    PhoneFull: (422, N_("Số điện thoại này đã đăng ký đủ số người. Hãy dùng số khác.")),
    RehearsalOver: (409, N_("Cuộc thi vừa chuyển giữa diễn tập và thi thật. Xin xem lại trang này rồi bấm Đăng ký.")),
}


@blueprint.route("/<slug>/dang-ky", methods=["GET", "POST"])
def register(slug: str) -> Page:
    """Register, and get the personal code with which one comes back."""
    contest, now = contest_or_404(slug), arrived_at()
    if contest.called_off_at is not None:
        return render_template("quiz/attempt/called_off.html", contest=contest), 410
    form = RegistrationForm().expect(today=local_date(now), youngest=contest.youngest)
    form.unit.offer((unit.id, unit.label) for unit in contests.list_contest_units(db.session, contest))
    if request.method != "POST":
        form.show_as(contest.is_rehearsal)
        return _registration_form(contest, form, 200)
    if not form.validate():
        return _registration_page(contest, form, 400 if form.is_malformed else 422)
    try:
        reply = _register(contest, form, now)
    except tuple(REFUSALS) as refusal:
        form.key.data = new_key()
        return _registration_page(contest, form, *REFUSALS[type(refusal)])
    return _registered_page(contest, reply, now)


def _registered_page(contest: Contest, reply: Reply, now: datetime) -> Page:
    page = render_template(
        "quiz/attempt/registered.html",
        contest=contest,
        code=reply.text,
        enter=EnterForm(formdata=None, code=reply.text),
        open_round=contests.find_open_round(db.session, contest, now),
        next_round=contests.find_next_round(db.session, contest, now),
    )
    return page, 200 if reply.is_replay else 201


def _register(contest: Contest, form: RegistrationForm, now: datetime) -> Reply:
    if not form.was_shown_as(contest.is_rehearsal):
        raise RehearsalOver
    code = new_code()
    return _once(
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
        ),
    )


def _registration_page(contest: Contest, form: RegistrationForm, status: int, problem: str = "") -> Page:
    if problem:
        form.form_errors.append(problem)
    form.renew()
    db.session.refresh(contest)
    form.show_as(contest.is_rehearsal)
    return _registration_form(contest, form, status)


def _registration_form(contest: Contest, form: RegistrationForm, status: int) -> Page:
    page = render_template(
        "quiz/attempt/register.html", contest=contest, form=form, guardian_year=form.today.year - GROWN_UP
    )
    return page, status


@blueprint.route("/<slug>/vao-thi", methods=["GET", "POST"])
def enter(slug: str) -> Page:
    """Begin this week's paper, or take up the one that is still running."""
    contest, now, form = contest_or_404(slug), arrived_at(), EnterForm()
    if contest.called_off_at is not None:
        return render_template("quiz/attempt/called_off.html", contest=contest), 410
    round = contests.find_open_round(db.session, contest, now)
    if request.method != "POST" or round is None:
        return _enter_page(contest, round, form, now, 409 if request.method == "POST" else 200)
    if not form.validate():
        return _enter_page(contest, round, form.renew(), now, 400 if form.is_malformed else 422)
    participant = find.find_participant_by_code(db.session, keyring(), contest, form.read)
    if participant is None:
        form.code.errors = ["Không tìm thấy mã này trong cuộc thi. Xin xem lại từng chữ."]
        return _enter_page(contest, round, form, now, 404)
    return _begin(contest, round, participant, form, now)


def _begin(contest: Contest, round: Round, participant: Participant, form: EnterForm, now: datetime) -> Page:
    try:
        attempt = attempts.start_attempt(db.session, round, participant, now=now)
    except attempts.NoTriesLeft as error:
        return render_template("quiz/attempt/already.html", contest=contest, round=round, attempt=error.last), 200
    except attempts.Restricted:
        form.code.errors = ["Theo yêu cầu của bạn, thông tin đang tạm dừng xử lý. Muốn thi tiếp, hãy gọi Ban Tổ chức."]
        return _enter_page(contest, round, form, now, 409)
    except attempts.RoundNotOpen:
        db.session.rollback()
        return _enter_page(contest, None, form, now, 409)
    except RehearsalOver:
        form.code.errors = ["Diễn tập vừa kết thúc, mã diễn tập không dùng được nữa."]
        return _enter_page(contest, None, form, now, 409)
    db.session.commit()
    loaded = find.find_attempt(db.session, attempt.id) or abort(404)
    return _paper_page(contest, loaded, paper_for(loaded), now, 200)


def _enter_page(contest: Contest, round: Round | None, form: EnterForm, now: datetime, status: int) -> Page:
    next_round = contests.find_next_round(db.session, contest, now)
    page = render_template("quiz/attempt/enter.html", contest=contest, round=round, next_round=next_round, form=form)
    return page, status


def paper_for(attempt: Attempt) -> PaperForm:
    """An empty paper of *attempt*, signed for it."""
    form = paper_form(attempt.round)
    form.process(formdata=None, start=_signer().dumps(attempt.id.hex))
    return form


def _end_of(attempt: Attempt) -> datetime:
    """When the page's clock reaches zero: the attempt's limit or the round's close, whichever comes first."""
    return min(attempt.started_at + timedelta(seconds=attempt.round.limit_seconds), attempt.round.closes_at)


def _paper_page(contest: Contest, attempt: Attempt, form: PaperForm, now: datetime, status: int) -> Page:
    end = _end_of(attempt)
    page = render_template(
        "quiz/attempt/paper.html",
        contest=contest,
        round=attempt.round,
        questions=[form[f"q{question.position}"] for question in attempt.round.questions],
        form=form,
        remaining_ms=max(0, (end - now) // MILLISECOND),
    )
    return page, status


@blueprint.post("/<slug>/nop-bai")
def submit(slug: str) -> Page:
    """Take a paper in: first the key (a replay gets its receipt again), then the start, then the clock."""
    contest, now = contest_or_404(slug), arrived_at()
    attempt = _attempt_of(contest, request.form.get("start", ""))
    if attempt is None:
        is_blank = not request.form.get("start")
        return _kept(contest, 409 if is_blank else 403, "start" if is_blank else "token")
    is_running = now < _end_of(attempt)
    form = paper_form(attempt.round, guess_required=is_running)
    is_strange = form.refuse_strange_answers(Counter(name for name, _ in request.form.items(multi=True)))
    is_asked = is_running and attempt.submitted_at is None and form.asks_about_blanks(attempt.round)
    if not form.validate() or is_strange or is_asked:
        form.renew()
        return _paper_page(contest, attempt, form, now, 400 if form.is_malformed else 422)
    return _take(contest, attempt, form, now)


def _take(contest: Contest, attempt: Attempt, form: PaperForm, now: datetime) -> Page:
    receipt = new_code()
    submission = attempts.Submission(form.answers(attempt.round), form.guessed, receipt)
    try:
        reply = _once(
            form.key.data,
            form.body(attempt.round),
            now,
            receipt,
            lambda: attempts.submit_attempt(db.session, keyring(), attempt, submission, now=now),
        )
    except OtherBody:
        return _kept(contest, 422, "other")
    except attempts.AlreadySubmitted:
        return _kept(contest, 403, "submitted", attempt)
    except RehearsalOver:
        return _kept(contest, 403, "token")
    except (attempts.TimeOver, attempts.RoundNotOpen) as refusal:
        return _kept(contest, 410, "time" if isinstance(refusal, attempts.TimeOver) else "closed", attempt)
    stored = find.find_attempt_by_receipt(db.session, keyring(), reply.text) or abort(404)
    page = render_template("quiz/attempt/submitted.html", contest=contest, attempt=stored, receipt=reply.text)
    return page, 200 if reply.is_replay else 201


def _once(key: str, body: dict[str, object], now: datetime, reply: str, act: Callable[[], object]) -> Reply:
    """`core.idempotency.once` with this door's one commit, and its rollback on a refusal."""
    try:
        found = run_once(db.session, key, body, today=local_date(now), reply=reply, act=act)
    except Exception:
        db.session.rollback()
        raise
    db.session.commit()
    return found


def _attempt_of(contest: Contest, token: str) -> Attempt | None:
    """The attempt that *token* was signed for, if it is of this contest."""
    try:
        attempt_id = uuid.UUID(_signer().loads(token))
    except BadSignature:
        return None
    attempt = find.find_attempt(db.session, attempt_id)
    return attempt if attempt is not None and attempt.round.contest_id == contest.id else None


def _kept(contest: Contest, status: int, why: str, attempt: Attempt | None = None) -> Page:
    """A refusal that shows what was typed again, so that nothing is lost; logged without who it was."""
    log.warning("paper refused: %s (contest %s)", why, contest.id)
    typed = sorted((int(name[1:]), value) for name, value in request.form.items() if ANSWER.fullmatch(name))
    page = render_template(
        "quiz/attempt/kept.html",
        contest=contest,
        why=why,
        attempt=attempt,
        typed=typed,
        guess=request.form.get("guess", ""),
    )
    return page, status


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(keyring().key("start-token"), salt="attempt")
