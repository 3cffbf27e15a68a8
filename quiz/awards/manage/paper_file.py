"""Send all papers of a closed round: CSV as it is read, a workbook at once or, with many papers, by a job."""

from io import BytesIO

from werkzeug.wrappers import Response as BaseResponse

from core.values.kept import kept
from core.values.text import N_
from core.web import downloads
from core.web.access import requires
from core.web.downloads import XLSX, download
from core.web.extensions import db
from quiz.awards.files.paper_file import csv_lines, opened_names, papers_workbook
from quiz.awards.jobs import LINES_IN_A_PAGE, PAPERS, PAPERS_FILE
from quiz.awards.manage.round_file import own_file, record_taken, start_file, to_files
from quiz.awards.queries.paper_file import stream_filed
from quiz.contest.labels.rounds import kept_round
from quiz.contest.manage import blueprint, round_or_404

PAPERS_CSV = "tat-ca-bai.csv"
_TITLE = kept(N_("Tất cả bài dự thi, %(round)s"))
"""The title of the job."""


@blueprint.get("/<slug>/tuan/<int:number>/ho-so/tat-ca-bai.csv")
@requires("result.see")
def all_papers_csv(slug: str, number: int) -> BaseResponse:
    """Send every paper of a closed round, named as far as names are open to this account."""
    round = round_or_404(slug, number)
    file = own_file(round)
    if file is None:
        return to_files(round)
    record_taken(round, PAPERS_CSV, len(opened_names(file)))  # committed before the papers are read and sent
    return downloads.csv_stream(csv_lines(file, stream_filed(db.session, file.result)), f"{slug} tuan {number} bai")


@blueprint.get("/<slug>/tuan/<int:number>/ho-so/tat-ca-bai.xlsx")
@requires("result.see")
def all_papers_workbook(slug: str, number: int) -> BaseResponse:
    """Send the same papers as a workbook."""
    round, target = round_or_404(slug, number), BytesIO()
    file = own_file(round)
    if file is None:
        return to_files(round)
    if file.result.turns > LINES_IN_A_PAGE:
        return start_file(file, PAPERS, _TITLE % {"round": kept_round(round)})
    papers_workbook(file, stream_filed(db.session, file.result), target)
    record_taken(round, PAPERS_FILE, len(opened_names(file)))
    return download(target.getvalue(), XLSX, f"{slug} tuan {number} bai.xlsx")
