"""The printed sheets of a contest: a poster of A4 and an invitation of A5, both leading to its public page."""

import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas
from sqlalchemy.orm import Session

from commune.documents import printed_logo
from core.content import texts_of_one
from core.pdf.fonts import register_fonts
from core.pdf.symbol import shorter
from core.values.content import shown
from core.values.language import DEFAULT, use
from core.values.week import local_date
from quiz.contest.documents.content import ContestSheet, PrintedWeek, Prize
from quiz.contest.documents.layouts import SHEETS
from quiz.contest.labels.prizes import prize_in
from quiz.contest.models import Contest, PrizeTier, Round
from quiz.contest.rules.names import read_pairs

__all__ = ["SHEETS", "ContestSheet", "Prize", "PrintedWeek", "contest_pdf", "sheet_of"]

MOMENT = timedelta(microseconds=1)


@lru_cache(maxsize=32)  # anybody may ask for a sheet, again and again
def contest_pdf(sheet: ContestSheet, kind: str = "a4", language: str = DEFAULT) -> bytes:
    """Return the *kind* of sheet in *language* as a PDF of one page; the same sheet gives the same bytes.

    Raises:
        KeyError: *kind* is not one of `SHEETS`.
    """
    size, draw = SHEETS[kind]
    register_fonts()
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=1, lang=language)
    canvas.setTitle(unicodedata.normalize("NFC", sheet.title))
    canvas.setAuthor(unicodedata.normalize("NFC", sheet.organiser))
    with use(language):  # it hangs before citizens, whatever language its printer reads the pages in
        draw(canvas, sheet)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def sheet_of(
    session: Session, contest: Contest, address: str, typed_address: str, language: str = DEFAULT
) -> ContestSheet:
    """Return what the sheets of *contest* say, in *language* where it has texts; *address* is that of its public page,
    *typed_address* the short one.
    """
    texts = {} if language == DEFAULT else texts_of_one(session, contest, language)
    prizes = read_pairs(texts.get("prizes", ""))
    rounds = contest.rounds
    first = rounds[0] if rounds else None
    return ContestSheet(
        title=texts.get("title") or contest.title,
        summary=texts.get("summary") or contest.summary,
        organiser=texts.get("organiser") or contest.organiser,
        hotline=contest.hotline,
        url=shorter(address),
        typed_address=typed_address,
        youngest=contest.youngest,
        weeks=tuple(map(_week, rounds)),
        questions=first.asked if first else 0,
        minutes=first.limit_seconds // 60 if first else 0,
        prizes=tuple(_prize(contest, tier, prizes, language) for tier in (*contest.tiers, *contest.season_tiers)),
        logo=printed_logo(session, contest.unit_id),
    )


def _prize(contest: Contest, tier: PrizeTier, texts: Mapping[str, str], language: str) -> Prize:
    with use(language):
        name = contest.prize_words(shown(prize_in(texts, tier.name)), tier.bloc)
        return Prize(name, tier.quantity, tier.amount, is_once=tier.is_season)


def _week(round: Round) -> PrintedWeek:
    return PrintedWeek(round.number, local_date(round.opens_at), local_date(round.closes_at - MOMENT), round.name)
