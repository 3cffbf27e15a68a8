"""Print the certificates of a published round: within the request, or many of them as a job."""

from io import BytesIO

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from account.views.current import present_account
from core import clock
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import download
from core.web.extensions import db, keyring
from core.web.forms import ActionForm
from core.web.jobs import owner, start_job
from core.web.letters import public_link
from quiz.awards.documents.round_certificates import write_certificates
from quiz.awards.jobs import CERTIFICATE_FILE, CERTIFICATES, CERTIFICATES_IN_A_PAGE, PDF
from quiz.awards.manage.round_file import OwnFile, is_published, opened_people, own_file, record_taken, to_files
from quiz.contest.manage import blueprint, round_or_404
from quiz.results.models.contact import WINNERS


@blueprint.post("/<slug>/tuan/<int:number>/ho-so/giay-chung-nhan")
@requires("result.see")
def certificates(slug: str, number: int) -> Response:
    """Send the certificates of those whose names may be read; more than a few dozen are written by a job."""
    round = round_or_404(slug, number)
    own = own_file(round)
    if own is None or not is_published(round) or not ActionForm().validate_on_submit():
        return to_files(round)
    named = sum(bool(line.name) for line in own.file.prizes)
    if not named:
        flash(_("Chưa có tên nào đọc được. Hãy mở danh sách người đạt giải trước."), "error")
        return to_files(round)
    return _job(own) if named > CERTIFICATES_IN_A_PAGE else _file(own)


def _file(own: OwnFile) -> Response:
    target, round = BytesIO(), own.file.round
    today = local_date(clock.now())
    write_certificates(db.session, keyring(), own.file, target, address=public_link("quiz.verify"), today=today)
    record_taken(round, CERTIFICATE_FILE, opened_people(own))
    return download(target.getvalue(), PDF, f"{round.contest.slug} tuan {round.number} giay chung nhan.pdf")


def _job(own: OwnFile) -> Response:
    round = own.file.round
    title = _("Giấy chứng nhận tuần %(number)s, %(contest)s", number=round.number, contest=round.contest.title)
    unit_id, permission = round.contest.unit_id, "contact.open" if WINNERS in own.opened else "result.see"
    payload = {"round": round.id, "address": public_link("quiz.verify"), "account": present_account().id}
    return start_job(
        CERTIFICATES, title, needs=(permission, [unit_id]), unit_id=unit_id, payload=payload,
        dedupe=f"{CERTIFICATES}:{round.id}:{owner()}",
    )  # fmt: skip
