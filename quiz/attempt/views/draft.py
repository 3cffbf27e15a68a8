"""Keep the answers of an open paper, for going on with it on another device by the same personal code."""

from flask import abort, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core.web.arrival import arrived_after
from core.web.extensions import db
from quiz.attempt.forms.entry import PaperForm
from quiz.attempt.operations.drafts import NotRunning, TooManySaves, save_draft
from quiz.attempt.queries.attempt import Submittable
from quiz.attempt.rules.draft import kept_answers
from quiz.attempt.views.paper import attempt_of
from quiz.contest.operations.rehearsal import RehearsalOver
from quiz.contest.views import blueprint

SCRIPT = "script"
"""The field by which the script says that it wants no page."""


@blueprint.post("/<slug>/giu-bai")
def keep_paper(slug: str) -> Response | tuple[str | Response, int]:
    """Keep the answers of a running attempt; the clock goes on."""
    attempt = attempt_of(slug, request.form.get("start", ""))
    if attempt is None or not PaperForm().validate():
        abort(403)
    now = arrived_after(attempt.started_at)
    try:
        saves = save_draft(db.session, attempt, kept_answers(request.form.items(multi=True)), now=now)
    except (NotRunning, TooManySaves, RehearsalOver) as refusal:
        db.session.rollback()
        return _refused(attempt, refusal)
    db.session.commit()
    if SCRIPT in request.form:
        return jsonify(saves=saves)
    return render_template("quiz/attempt/draft_kept.html", contest=attempt, attempt=attempt), 200


def _refused(attempt: Submittable, refusal: Exception) -> tuple[str | Response, int]:
    status = 429 if isinstance(refusal, TooManySaves) else 409
    if SCRIPT in request.form:
        return jsonify({}), status
    why = (
        _("Bài đã được giữ quá nhiều lần. Câu trả lời vẫn ở trang trước: hãy quay lại và nộp bài.")
        if status == 429
        else _("Bài này đã nộp, hoặc đã hết giờ làm bài, nên không giữ thêm được.")
    )
    return render_template("quiz/attempt/draft_kept.html", contest=attempt, attempt=attempt, why=why), status
