"""Download the questions of a round, or of the bank, as XLSX, DOCX or GIFT."""

from collections.abc import Sequence

from flask import Response, abort
from flask_babel import gettext as _

from core.web.access import requires
from core.web.downloads import download
from core.web.extensions import db
from core.web.pictures import picture_reply
from quiz.bank.files.export import EXPORTS
from quiz.bank.rules.parsed import ParsedQuestion
from quiz.contest.manage import blueprint, contest_or_404, round_or_404
from quiz.contest.operations.questions import parsed_of, parsed_of_round
from quiz.contest.queries.bank import list_bank
from quiz.contest.queries.pictures import find_bank_picture, read_pictures


@blueprint.get("/<slug>/tuan/<int:number>/cau-hoi/tai/<any('xlsx','docx','gift'):kind>")
@requires("question.write")
def questions_export(slug: str, number: int, kind: str) -> Response:
    """Send the questions of a round with their keys."""
    round = round_or_404(slug, number)
    return _send(parsed_of_round(round), kind, _("cau-hoi-tuan-%(number)s", number=number))


@blueprint.get("/<slug>/cau-hoi/tai/<any('xlsx','docx','gift'):kind>")
@requires("question.write")
def bank_export(slug: str, kind: str) -> Response:
    """Send the bank of a contest, the oldest questions first."""
    bank = reversed(list_bank(db.session, contest_or_404(slug)))
    return _send([parsed_of(each.revision) for each in bank], kind, _("ngan-hang-cau-hoi"))


@blueprint.get("/<slug>/cau-hoi/hinh/<string(length=64):digest>.webp")
@requires("question.write")
def bank_picture(slug: str, digest: str) -> Response:
    """Send a picture of the bank of a contest, or one that was just added to a question."""
    found = find_bank_picture(db.session, contest_or_404(slug), digest) or abort(404)
    return picture_reply(found.data, "image/webp", digest, is_public=False)


def _send(questions: Sequence[ParsedQuestion], kind: str, name: str) -> Response:
    media_type, write = EXPORTS[kind]
    digests = {picture.digest for each in questions for _letter, picture in each.pictures}
    pictures = read_pictures(db.session, digests) if digests else {}
    return download(write(questions, pictures), media_type, f"{name}.{kind}")
