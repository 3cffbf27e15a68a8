"""The documents of the prizes of the whole contest: decision, minutes, sign-off list, certificates."""

from collections.abc import Sequence
from io import BytesIO
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import actor
from commune.documents import printed_logo
from core import clock
from core.docx import DOCX
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import download
from core.web.extensions import db, keyring
from core.web.letters import public_link
from quiz.awards.documents.season import (
    season_certificates,
    season_decision_docx,
    season_minutes_docx,
    season_sign_off_docx,
)
from quiz.awards.jobs import PDF
from quiz.awards.manage.season_names import opened_contacts, public_names
from quiz.awards.queries.season import draft_season
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.results.models import SeasonDecision
from quiz.results.operations.taken import record_file_taken
from quiz.results.queries.season_prizes import Seated, find_season_decision

LISTS = {"quyet-dinh.docx": season_decision_docx, "danh-sach-ky-nhan.docx": season_sign_off_docx}
MINUTES, CERTIFICATES = "bien-ban.docx", "giay-chung-nhan.pdf"


@blueprint.get("/<slug>/giai-chung-cuoc/<any('quyet-dinh.docx','danh-sach-ky-nhan.docx'):name>")
@requires("result.see")
def season_list_file(slug: str, name: str) -> Response:
    """Send the decision, or the list on which its winners sign; names are those that this account may read."""
    contest = contest_or_404(slug)
    decision = find_season_decision(db.session, contest)
    if decision is None:
        return redirect(url_for(".season", slug=slug))
    content = LISTS[name](contest, decision, _names(contest, decision, decision.awards, name), local_date(clock.now()))
    return download(content, DOCX, f"{slug} {name.replace('-', ' ').removesuffix('.docx')} giai chung cuoc.docx")


@blueprint.get("/<slug>/giai-chung-cuoc/bien-ban.docx")
@requires("result.see")
def season_minutes_file(slug: str) -> Response:
    """Send the minutes of the meeting on the prizes of the whole contest, before the decision as a proposal."""
    contest, now = contest_or_404(slug), clock.now()
    draft, decision = draft_season(db.session, contest, now), find_season_decision(db.session, contest)
    if draft is None or not draft.seats:
        return redirect(url_for(".season", slug=slug))
    names = _names(contest, decision, draft.seats, MINUTES)
    content = season_minutes_docx(contest, draft, decision, names, now)
    return download(content, DOCX, f"{slug} bien ban giai chung cuoc.docx")


@blueprint.get("/<slug>/giai-chung-cuoc/giay-chung-nhan.pdf")
@requires("result.see")
def season_certificates_file(slug: str) -> Response:
    """Send the certificates of those whose names may be read."""
    contest, target = contest_or_404(slug), BytesIO()
    decision = find_season_decision(db.session, contest)
    if decision is None:
        return redirect(url_for(".season", slug=slug))
    names = _names(contest, decision, decision.awards, CERTIFICATES)
    if not names:
        flash(_("Chưa có tên nào đọc được. Hãy mở danh sách người được giải trước."), "error")
        return redirect(url_for(".season", slug=slug))
    logo, today = printed_logo(db.session, contest.unit_id), local_date(clock.now())
    address = public_link("quiz.verify")
    season_certificates(contest, decision, names, target, keyring=keyring(), address=address, logo=logo, today=today)
    return download(target.getvalue(), PDF, f"{slug} giay chung nhan chung cuoc.pdf")


def _names(contest: Contest, decision: SeasonDecision | None, seats: Sequence[Seated], file: str) -> dict[UUID, str]:
    """Return the names that this account may read, and record how many of them it had opened."""
    now, public = clock.now(), public_names(contest, decision)
    opened = {id: contact.name for id, contact in opened_contacts(contest, seats, now).items()}
    secret = len(opened.keys() - public.keys())
    record_file_taken(db.session, actor(), contest.rounds[-1], file=file, people=secret, now=now)
    db.session.commit()
    return public | opened
