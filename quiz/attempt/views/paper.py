"""Begin and submit a paper, without a session: everything needed is in the page. The device's cookie may be missing."""

import logging
import uuid
from collections import Counter
from datetime import datetime
from typing import NamedTuple

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature
from markupsafe import Markup

from core import qr
from core.crypto import new_code
from core.idempotency import OtherBody
from core.values.codes import in_fours
from core.values.dates import duration
from core.values.text import N_
from core.web.arrival import arrived_after, arrived_at
from core.web.client import client_address
from core.web.code_guesses import refuse_code
from core.web.extensions import db, keyring
from core.web.page_cache import cached_page
from core.web.sharing import public_address
from core.web.slots import slot
from quiz.attempt.forms.entry import ANSWER, BeginForm, PaperForm, paper_form
from quiz.attempt.models import AttemptDraft
from quiz.attempt.operations import attempt as attempts
from quiz.attempt.operations.beginning import StartMissed, UnitNotYet
from quiz.attempt.operations.drafts import find_draft
from quiz.attempt.operations.evidence import trace_of
from quiz.attempt.operations.helpers import name_helper
from quiz.attempt.queries import attempt as find
from quiz.attempt.queries.entrance import Entrance, OpenRound, find_entrance
from quiz.attempt.queries.paper import Paper, find_paper, paper_of
from quiz.attempt.queries.paper_sheets import find_asking_sheet
from quiz.attempt.rules import draft
from quiz.attempt.views.device import present_device
from quiz.attempt.views.enter_page import enter_page, fresh_enter_page
from quiz.attempt.views.entry import commit_once, why_not_found
from quiz.attempt.views.paper_page import answered_paper_page, fresh_paper_page, signer
from quiz.attempt.views.sheet_question import question_page
from quiz.attempt.views.together import find_awaited, missed_words, waiting_page
from quiz.contest import queries as contests
from quiz.contest.labels.guesses import guess_words
from quiz.contest.operations.rehearsal import RehearsalOver
from quiz.contest.views import blueprint, contest_or_404

log = logging.getLogger(__name__)
Page = tuple[str, int]
PAPER = "de"
MASK = 3
"""The pattern of a receipt's QR code: fixed, as thousands of papers are handed in within the last minutes."""

NOT_NOW: dict[type[Exception], str] = {
    attempts.Restricted: N_("Theo yêu cầu của bạn, thông tin đang tạm dừng xử lý. Muốn thi tiếp, hãy gọi Ban Tổ chức."),
    UnitNotYet: N_("Đơn vị của bạn vào cuộc thi từ đợt sau, nên chưa dự thi đợt này."),
}
"""Why a participant begins no paper of a round that is open."""


@blueprint.route("/<slug>/vao-thi", methods=["GET", "POST"])
def enter(slug: str) -> Page:
    """Begin a paper of the open round, continue the one that is running, or wait for a common start."""
    now = arrived_at()
    entrance = find_entrance(db.session, slug, now, paper=_wanted_paper()) or abort(404)
    if entrance.is_called_off:
        return render_template("quiz/attempt/called_off.html", contest=contest_or_404(slug)), 410
    if entrance.round is None:
        return _before_a_round(entrance, now)
    if request.method != "POST":
        return fresh_enter_page(entrance, entrance.round), 200
    form = BeginForm()
    if not form.validate():
        return enter_page(slug, entrance.round, form.renew(), now, 400 if form.is_malformed else 422)
    holder = _holder(entrance, form)
    if holder is None:
        return enter_page(slug, entrance.round, form, now, refuse_code(form.code, why_not_found(form)))
    if holder.is_asked and (sheet := find_asking_sheet(db.session, entrance.round.id, holder.id)):
        return question_page(entrance, entrance.round, sheet, form.code.data), 200
    return _begin(entrance, entrance.round, holder, form, now)


def _before_a_round(entrance: Entrance, now: datetime) -> Page:
    """Let people with a code wait for a common start; say when the next round opens otherwise."""
    contest, form, is_sent = contest_or_404(entrance.slug), BeginForm(), request.method == "POST"
    awaited = find_awaited(contest, now)
    if not is_sent or awaited is None:
        return enter_page(entrance.slug, None, form, now, 409 if is_sent else 200)
    if not form.validate():
        return enter_page(entrance.slug, None, form.renew(), now, 400 if form.is_malformed else 422)
    if _holder(entrance, form) is None:
        return enter_page(entrance.slug, None, form, now, refuse_code(form.code, why_not_found(form)))
    return waiting_page(contest, awaited, form, now), 200


def _holder(entrance: Entrance, form: BeginForm) -> find.CodeHolder | None:
    found = (find.find_participant_by_code(db.session, keyring(), entrance, code) for code in form.readings)
    return next(filter(None, found), None)


def _wanted_paper() -> int:
    """Return the number of the paper that the address names, of several in one week; 0 for the first."""
    return request.args.get(PAPER, 0, type=int)


def _begin(entrance: Entrance, round: OpenRound, holder: find.CodeHolder, form: BeginForm, now: datetime) -> Page:
    try:
        trace = trace_of(keyring(), round.id, device=present_device(), address=client_address())
        attempt = attempts.start_attempt(db.session, round, holder, now=now, trace=trace)
        if form.helper.data:
            name_helper(db.session, keyring(), attempt.id, form.helper.data)
    except attempts.NoTriesLeft as error:
        return _already_page(entrance, round, error.last, now), 200
    except (StartMissed, attempts.Restricted, UnitNotYet) as refusal:
        db.session.rollback()
        why = NOT_NOW.get(type(refusal))
        form.code.errors = [_(why) if why else missed_words(round)]
        return enter_page(entrance.slug, round, form, now, 409)
    except attempts.RoundNotOpen:
        db.session.rollback()
        return enter_page(entrance.slug, None, form, now, 409)
    except RehearsalOver:
        form.code.errors = [_("Diễn tập vừa kết thúc, mã diễn tập không dùng được nữa.")]
        return enter_page(entrance.slug, None, form, now, 409)
    paper = find_paper(db.session, round.id, round.paper_version)
    kept = find_draft(db.session, attempt.id) if attempt.started_at < now else None
    db.session.commit()
    if kept is not None:
        return _resumed_page(entrance.slug, attempt.id, paper, kept, now), 200
    return fresh_paper_page(entrance, round, paper, attempt, now), 200


def _already_page(entrance: Entrance, round: OpenRound, last: find.Begun, now: datetime) -> str:
    others = [each for each in contests.list_open_rounds(db.session, round.contest_id, now) if each.id != round.id]
    return render_template("quiz/attempt/already.html", contest=entrance, round=round, attempt=last, others=others)


def _resumed_page(slug: str, attempt_id: uuid.UUID, whole: Paper, kept: AttemptDraft, now: datetime) -> str:
    """Return the paper of a running attempt with the answers that were kept of it."""
    attempt = find.find_attempt(db.session, attempt_id) or abort(404)
    paper = paper_of(keyring(), attempt, whole, attempt.id)
    form = paper_form(paper, attempt.declared)
    form.fill_in(draft.read(kept.answers), signer().dumps(attempt.id.hex))
    return answered_paper_page(contest_or_404(slug), attempt, paper, form, now, saves=kept.saves)


@blueprint.get("/<slug>/gio")
def server_time(slug: str) -> dict[str, int]:  # noqa: ARG001 - the same for every contest
    """Return the server's time, from which an open paper's clock learns how long a sleeping phone was away."""
    return {"now_ms": find.milliseconds(arrived_at())}


@blueprint.post("/<slug>/nop-bai")
def submit(slug: str) -> Page:
    """Accept a paper: check the key first (a replay gets its receipt again), then the start token, then the clock."""
    attempt = attempt_of(slug, request.form.get("start", ""))
    if attempt is None:
        is_blank = not request.form.get("start")
        return _kept(slug, 409 if is_blank else 403, "start" if is_blank else "token")
    now = arrived_after(attempt.started_at)
    is_running, whole = now < attempt.ends_at, find_paper(db.session, attempt.round_id, attempt.paper_version)
    paper = paper_of(keyring(), attempt, whole, attempt.id)
    form = paper_form(paper, attempt.declared, guess_required=is_running)
    is_strange = form.refuse_strange_answers(Counter(name for name, _ in request.form.items(multi=True)))
    is_asked = is_running and attempt.submitted_at is None and form.asks_about_blanks(paper)
    if not form.validate() or is_strange or is_asked:
        form.renew()
        status = 400 if form.is_malformed else 422
        return answered_paper_page(contest_or_404(slug), attempt, paper, form, now), status
    return _take(attempt, paper, form, now)


def _take(attempt: find.Submittable, paper: Paper, form: PaperForm, now: datetime) -> Page:
    receipt, slug, made = new_code(), attempt.slug, list[attempts.StoredSubmission]()
    submission = attempts.Submission(form.answers(paper), form.guessed, receipt)
    try:
        reply = commit_once(
            form.key.data,
            form.body(paper),
            now,
            receipt,
            lambda: made.append(attempts.submit_attempt(db.session, keyring(), attempt, submission, now=now)),
        )
    except OtherBody:
        return _kept(slug, 422, "other")
    except attempts.AlreadySubmitted:
        return _kept(slug, 403, "submitted", attempt)
    except RehearsalOver:
        return _kept(slug, 403, "token")
    except (attempts.TimeOver, attempts.RoundNotOpen) as refusal:
        return _kept(slug, 410, "time" if isinstance(refusal, attempts.TimeOver) else "closed", attempt)
    answered = sum(1 for letters in submission.answers.values() if letters)
    if made:
        shown = HandedIn(reply.text, made[0].duration_ms, submission.guess, answered, len(paper.questions))
        return _submitted_page(attempt, shown, now), 201
    stored = find.find_attempt_by_receipt(db.session, keyring(), reply.text) or abort(404)
    guess = stored.sheet.guess if stored.sheet else None
    shown = HandedIn(reply.text, stored.duration_ms or 0, guess, answered, len(paper.questions))
    return _submitted_page(attempt, shown, now), 200


class HandedIn(NamedTuple):
    """A submitted paper as its receipt shows it."""

    code: str
    duration_ms: int
    guess: int | None
    answered: int
    size: int


def _submitted_page(attempt: find.Submittable, shown: HandedIn, now: datetime) -> str:
    is_rehearsal = attempt.is_rehearsed(now)
    is_time_over = shown.duration_ms >= 1000 * attempt.limit_seconds
    title, words = (attempt.title, attempt.title_text), guess_words(attempt.declared, None)
    version = (attempt.slug, title, attempt.logo, attempt.hotline, is_rehearsal, attempt.number, attempt.results_at)
    return cached_page(
        ("quiz.submitted", attempt.round_id, shown.guess is None, is_time_over),
        version,
        lambda: render_template(
            "quiz/attempt/submitted.html",
            contest=attempt,
            rehearsal=is_rehearsal,
            is_time_over=is_time_over,
            duration=slot("duration"),
            answered=slot("answered"),
            size=slot("size"),
            guess=None if shown.guess is None else slot("guess"),
            is_percent=words.is_percent,
            receipt=slot("receipt"),
            link=slot("link") if public_address() else None,
        ),
        {
            "duration": duration(shown.duration_ms),
            "answered": shown.answered,
            "size": shown.size,
            "guess": words.bare(shown.guess or 0),
            "receipt": in_fours(shown.code),
            "link": _receipt_link(shown.code),
        },
    )


def _receipt_link(code: str) -> Markup:
    """Return the QR code of the address that fills in a receipt; nothing while it opens on this machine alone.

    The receipt stands in the fragment, which a browser sends to no server.
    """
    address = public_address(url_for("quiz.result"))
    title = _("Mã QR mở trang tra cứu với mã này")
    return Markup(qr.svg(f"{address}#{code}", title=title, mask=MASK) if address else "")  # noqa: S704 - drawn by us


def attempt_of(slug: str, token: str) -> find.Submittable | None:
    """Return the attempt that *token* was signed for, if it belongs to the contest at *slug*."""
    try:
        attempt_id = uuid.UUID(signer().loads(token))
    except BadSignature:
        return None
    attempt = find.find_attempt(db.session, attempt_id)
    if attempt is None or attempt.slug != slug:
        return None
    if attempt.is_draft and not attempt.is_rehearsed(arrived_at()):
        abort(404)
    return attempt


def _kept(slug: str, status: int, why: str, attempt: find.Submittable | None = None) -> Page:
    """Return a refusal that shows the typed answers again, so that nothing is lost; it is logged without a person."""
    contest = contest_or_404(slug)
    log.warning("paper refused: %s (contest %s)", why, contest.id)
    typed = sorted((int(name[1:]), value) for name, value in request.form.items() if ANSWER.fullmatch(name))
    page = render_template(
        "quiz/attempt/kept.html",
        contest=contest,
        why=why,
        attempt=attempt and find.find_attempt(db.session, attempt.id),
        typed=typed,
        guess=request.form.get("guess", ""),
    )
    return page, status
