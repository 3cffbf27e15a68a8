"""The documents of the prizes of units: decision, minutes, sign-off list, certificates."""

from io import BytesIO

from flask import redirect, url_for
from werkzeug.wrappers import Response

from commune.documents import printed_logo
from core import clock
from core.docx import DOCX
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import download
from core.web.extensions import db
from quiz.awards.documents.collective import collective_certificates, collective_docx
from quiz.awards.documents.collective_minutes import collective_minutes_docx, collective_sign_off_docx
from quiz.awards.jobs import PDF
from quiz.awards.queries.collective import count_unrecognised, draft_collective, find_decision
from quiz.contest.manage import blueprint, contest_or_404


@blueprint.get("/<slug>/giai-tap-the/quyet-dinh.docx")
@requires("result.see")
def collective_decision_file(slug: str) -> Response:
    """Send the decision on the prizes of units as a document."""
    contest = contest_or_404(slug)
    decision = find_decision(db.session, contest)
    if decision is None:
        return redirect(url_for(".collective", slug=slug))
    return download(
        collective_docx(contest, decision, local_date(clock.now())), DOCX, f"{slug} quyet dinh giai tap the.docx"
    )


@blueprint.get("/<slug>/giai-tap-the/bien-ban.docx")
@requires("result.see")
def collective_minutes_file(slug: str) -> Response:
    """Send the minutes of the meeting on the prizes of units, before the decision as a proposal."""
    contest, now = contest_or_404(slug), clock.now()
    draft = draft_collective(db.session, contest, now)
    if draft is None or not draft.awards:
        return redirect(url_for(".collective", slug=slug))
    decision, grounds = find_decision(db.session, contest), count_unrecognised(db.session, contest)
    content = collective_minutes_docx(contest, draft, decision, grounds, now)
    return download(content, DOCX, f"{slug} bien ban giai tap the.docx")


@blueprint.get("/<slug>/giai-tap-the/danh-sach-ky-nhan.docx")
@requires("result.see")
def collective_sign_off_file(slug: str) -> Response:
    """Send the list on which the units that were decided on sign for their prizes."""
    contest = contest_or_404(slug)
    decision = find_decision(db.session, contest)
    if decision is None:
        return redirect(url_for(".collective", slug=slug))
    content = collective_sign_off_docx(contest, decision, local_date(clock.now()))
    return download(content, DOCX, f"{slug} danh sach ky nhan giai tap the.docx")


@blueprint.get("/<slug>/giai-tap-the/giay-chung-nhan.pdf")
@requires("result.see")
def collective_certificates_file(slug: str) -> Response:
    """Send the certificates of the units that were decided on."""
    contest, target = contest_or_404(slug), BytesIO()
    decision = find_decision(db.session, contest)
    if decision is None or not decision.awards:
        return redirect(url_for(".collective", slug=slug))
    logo = printed_logo(db.session, contest.unit_id)
    collective_certificates(contest, decision, target, logo=logo, today=local_date(clock.now()))
    return download(target.getvalue(), PDF, f"{slug} giay chung nhan tap the.pdf")
