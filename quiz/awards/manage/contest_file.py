"""The page of a contest's files: the workbook, the final report, and the files of each week."""

from io import BytesIO

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import clock
from core.docx import DOCX
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import XLSX, download
from core.web.extensions import db
from quiz.awards.documents.final_report import final_report_docx
from quiz.awards.files.contest_workbook import contest_workbook
from quiz.awards.manage.file_page import FileLine
from quiz.awards.queries.collective import find_decision
from quiz.awards.queries.contest_file import ContestFile, read_contest_file
from quiz.awards.queries.season import is_outdated as season_is_outdated
from quiz.contest.manage import blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.results.models import SeasonDecision
from quiz.results.queries.season_prizes import find_season_decision


@blueprint.get("/<slug>/ho-so")
@requires("result.see")
def contest_file(slug: str) -> str:
    """Show the files of a contest, and why some are not ready yet."""
    contest = contest_or_404(slug)
    file = read_contest_file(db.session, contest, clock.now())
    return render_template(
        "quiz/awards/manage/contest_file.html", contest=contest, file=file, files=_lines(file) if file else []
    )


@blueprint.get("/<slug>/ho-so/so-lieu.xlsx")
@requires("result.see")
def contest_figures_file(slug: str) -> Response:
    """Send the workbook of a contest with its closed weeks."""
    contest, target = contest_or_404(slug), BytesIO()
    file = read_contest_file(db.session, contest, clock.now())
    if file is None:
        return redirect(url_for(".contest_file", slug=slug))
    season = find_season_decision(db.session, contest)
    decision, is_outdated = find_decision(db.session, contest), _is_outdated(contest, season)
    contest_workbook(file, target, decision, season, is_outdated=is_outdated)
    return download(target.getvalue(), XLSX, f"{slug} so lieu.xlsx")


@blueprint.get("/<slug>/ho-so/bao-cao-tong-ket.docx")
@requires("result.see")
def final_report(slug: str) -> Response:
    """Send the final report of a contest whose weeks are all published."""
    contest = contest_or_404(slug)
    file = read_contest_file(db.session, contest, clock.now())
    if file is None or not file.is_over:
        return redirect(url_for(".contest_file", slug=slug))
    season, decision = find_season_decision(db.session, contest), find_decision(db.session, contest)
    is_outdated = _is_outdated(contest, season)
    report = final_report_docx(file, decision, local_date(clock.now()), season, is_outdated=is_outdated)
    return download(report, DOCX, f"{slug} bao cao tong ket.docx")


def _is_outdated(contest: Contest, season: SeasonDecision | None) -> bool:
    return season is not None and season_is_outdated(db.session, season, contest, clock.now())


def _lines(file: ContestFile) -> list[FileLine]:
    return [
        FileLine("so-lieu.xlsx", _("Bảng số liệu"), _("Từng đợt, từng đơn vị, số giải; không có họ tên."), "XLSX"),
        FileLine(
            "bao-cao-tong-ket.docx",
            _("Báo cáo tổng kết"),
            _("Tham gia, kết quả, giải đã trao, số liệu xét giải tập thể; phần đánh giá để trống."),
            "DOCX",
            "" if file.is_over else _("Có khi mọi đợt đã công bố."),
        ),
    ]
