"""The PDF of paper sheets, with the address that keys each in."""

from collections.abc import Collection

from flask import Response
from flask_babel import gettext as _

from core.pdf.symbol import shorter
from core.values.dates import deadline
from core.web.downloads import download
from core.web.extensions import db, keyring
from core.web.letters import public_link
from quiz.attempt.documents import PaperHeading, PrintedPaper, papers_pdf
from quiz.attempt.labels import GUESSED
from quiz.attempt.models import PaperSheet
from quiz.attempt.queries.named_sheets import SheetPerson, in_order, people_on
from quiz.attempt.queries.printed import decode
from quiz.contest.labels.rounds import round_name
from quiz.contest.models import Round
from quiz.contest.queries.pictures import read_pictures

CODE = "ma"
"""The parameter of the address on a sheet that was printed for one participant: its code."""


def sheets_file(round: Round, sheets: Collection[PaperSheet], name: str) -> Response:
    """Send *sheets* of *round* as a PDF called *name* that is kept: the page stays, and the codes are nowhere else."""
    people = people_on(db.session, keyring(), sheets)
    ordered = in_order(sheets, people) or sheets
    papers = [_printed(round, sheet, people.get(sheet.id)) for sheet in ordered]
    held = {each.digest for paper in papers for asked in paper.paper.questions for each in asked.pictures.values()}
    pictures = read_pictures(db.session, held) if held else {}
    return download(papers_pdf(_heading(round), papers, pictures), "application/pdf", f"{name}.pdf")


def _heading(round: Round) -> PaperHeading:
    contest = round.contest
    return PaperHeading(
        contest.title,
        contest.organiser,
        round_name(round),
        _("Hạn nộp phiếu cho Ban Tổ chức: %(until)s.", until=deadline(round.closes_at)),
        str(GUESSED[round.declared.guess_target]),
        [bloc.name for bloc in contest.blocs],
        contest.asked_fields,
    )


def _printed(round: Round, sheet: PaperSheet, person: SheetPerson | None) -> PrintedPaper:
    code = {CODE: person.code} if person else {}
    at = {"slug": round.contest.slug, "number": round.number, "sheet": sheet.number}
    address = shorter(public_link("quiz_manage.key_sheet", **at, **code))
    return PrintedPaper(sheet.number, address, decode(db.session, keyring(), sheet).paper, person)
