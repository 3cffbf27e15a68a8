"""Print the certificates of a published round: within the request, or many of them as a job."""

from io import BytesIO

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from core import clock
from core.values.kept import kept
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import download
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.letters import public_link
from quiz.awards.documents.round_certificates import write_certificates
from quiz.awards.jobs import CERTIFICATE_FILE, CERTIFICATES, CERTIFICATES_IN_A_PAGE, PDF
from quiz.awards.manage.round_file import is_published, own_file, record_taken, start_file, to_files
from quiz.awards.queries.round_file import RoundFile
from quiz.contest.labels.rounds import kept_round
from quiz.contest.manage import blueprint, round_or_404

_TITLE = kept(N_("Giấy chứng nhận %(round)s"))
"""The title of the job."""


@blueprint.post("/<slug>/tuan/<int:number>/ho-so/giay-chung-nhan")
@requires("result.see")
def certificates(slug: str, number: int) -> Response:
    """Send the certificates of those whose names may be read; more than a few dozen are written by a job."""
    round = round_or_404(slug, number)
    file = own_file(round)
    if file is None or file.awaits_final or not is_published(round) or not ActionForm().validate_on_submit():
        return to_files(round)
    named = sum(bool(line.name) for line in file.prizes)
    if not named:
        flash(_("Chưa có tên nào đọc được. Hãy mở danh sách người đạt giải trước."), "error")
        return to_files(round)
    if named > CERTIFICATES_IN_A_PAGE:
        return start_file(file, CERTIFICATES, _TITLE % {"round": kept_round(round)})
    return _send(file)


def _send(file: RoundFile) -> Response:
    target, round, today = BytesIO(), file.round, local_date(clock.now())
    write_certificates(db.session, keyring(), file, target, address=public_link("quiz.verify"), today=today)
    record_taken(round, CERTIFICATE_FILE, file.opened_people)
    return download(target.getvalue(), PDF, f"{round.contest.slug} tuan {round.number} giay chung nhan.pdf")
