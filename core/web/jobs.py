"""Pages of background jobs: one's own, those of one's units with permission for the audit trail, and their progress."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, flash, jsonify, redirect, render_template, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as BaseResponse

from core import clock
from core.jobs.handlers import BACK, NEEDS, NOTIFY
from core.jobs.models import Job, State
from core.jobs.queries import count_jobs, find_job, list_jobs
from core.jobs.queue import Order, cancel, enqueue, payload_of
from core.jobs.results import read_file
from core.web.access import requires, scope_of
from core.web.downloads import download_pieces
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.paging import paging

Needs = tuple[str, Collection[int]]
blueprint = Blueprint("jobs", __name__, url_prefix="/quan-tri/viec")
STATES = {
    State.QUEUED: _("Đang chờ"),
    State.RUNNING: _("Đang thực hiện"),
    State.DONE: _("Đã xong"),
    State.FAILED: _("Chưa làm được"),
    State.CANCELLED: _("Đã hủy"),
}


def start_job(
    kind: str,
    title: str,
    *,
    needs: Needs,
    unit_id: int | None,
    payload: Mapping[str, Any],
    back: str,
    dedupe: str | None = None,
    notify: str = "",
) -> BaseResponse:
    """Enqueue a job of the signed-in account, commit, and redirect to its page.

    The worker runs it only while the account has what it *needs*: the permission, in these units. Its page
    leads on to *back*, the page it was asked for on. *notify* is an address to mail when it is done.
    """
    permission, units = needs
    given = {
        **payload,
        NEEDS: {"permission": permission, "units": sorted(units)},
        **({NOTIFY: notify} if notify else {}),
    }
    return start_order(Order(kind, title, owner(), unit_id, given, dedupe), back=back)


def start_order(order: Order, *, back: str) -> BaseResponse:
    """Enqueue *order* of the signed-in account, commit, and redirect to its page, which leads on to *back*."""
    given = replace(order, payload={**order.payload, BACK: back})
    id = enqueue(db.session, keyring(), given, now=clock.now())
    db.session.commit()
    return redirect(url_for("jobs.show", job_id=id))


def owner() -> str:
    """Return the owner name of jobs: that of the signed-in account."""
    return f"account:{current_user.account.id}"


@blueprint.get("")
@requires("console.see")
def jobs() -> str:
    """List one's own jobs and those of one's units, newest first."""
    mine: dict[str, Any] = {"owner": owner(), "units": scope_of("audit.see")}
    page = paging(count_jobs(db.session, **mine))
    found = list_jobs(db.session, **mine, part=page.part)
    return render_template("core/jobs.html", jobs=found, page=page, states=STATES)


@blueprint.get("/<uuid:job_id>")
@requires("console.see")
def show(job_id: uuid.UUID) -> str:
    """Show a job's progress, its result, or the remedy after an error."""
    job = _job_or_404(job_id)
    is_mine = job.owner == owner()
    back = payload_of(keyring(), job.id, job.payload).get(BACK) if is_mine else None
    return render_template("core/job.html", job=job, states=STATES, is_mine=is_mine, back=back, form=ActionForm())


@blueprint.get("/<uuid:job_id>/tien-do.json")
@requires("console.see")
def progress(job_id: uuid.UUID) -> Response:
    """Return the progress as JSON for the script that moves the bar."""
    job = _job_or_404(job_id)
    words = render_template("core/_progress.txt", job=job, states=STATES).strip()
    return jsonify(percent=job.percent, words=words, is_over=job.is_over)


@blueprint.post("/<uuid:job_id>/huy")
@requires("console.see")
def call_off(job_id: uuid.UUID) -> BaseResponse:
    """Cancel one of one's own jobs."""
    job = _mine_or_404(job_id)
    if ActionForm().validate_on_submit():
        cancel(db.session, job.id, clock.now())
        db.session.commit()
        flash(
            gettext("Đã yêu cầu hủy. Việc đang làm dở sẽ dừng ở bước gần nhất; phần đã làm không được giữ lại."),
            "success",
        )
    return redirect(url_for(".show", job_id=job_id))


@blueprint.get("/<uuid:job_id>/ket-qua")
@requires("console.see")
def result(job_id: uuid.UUID) -> Response:
    """Download the result file of one of one's own jobs."""
    job = _mine_or_404(job_id)
    if job.state != State.DONE or not job.file_name:
        abort(404)
    db.session.expunge(job)
    pieces = read_file(db.session, keyring(), job_id)
    return download_pieces(pieces, job.file_size, job.file_type, job.file_name)


def _job_or_404(id: uuid.UUID) -> Job:
    return find_job(db.session, id, owner=owner(), units=scope_of("audit.see")) or abort(404)


def _mine_or_404(id: uuid.UUID) -> Job:
    return find_job(db.session, id, owner=owner(), units=()) or abort(404)
