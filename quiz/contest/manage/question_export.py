"""Download the questions of a round, or of the bank, as XLSX, DOCX or GIFT."""

from collections.abc import Sequence

from flask import Response
from flask_babel import gettext as _

from core.web.access import requires
from core.web.downloads import download
from core.web.extensions import db
from quiz.bank.files.export import EXPORTS
from quiz.bank.rules.parsed import ParsedQuestion
from quiz.contest.manage import blueprint, contest_or_404, round_or_404
from quiz.contest.operations.questions import parsed_of, parsed_of_round
from quiz.contest.queries.bank import list_bank


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


def _send(questions: Sequence[ParsedQuestion], kind: str, name: str) -> Response:
    media_type, write = EXPORTS[kind]
    return download(write(questions), media_type, f"{name}.{kind}")
