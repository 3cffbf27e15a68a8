"""The printed sheets of a contest for everybody: a village prints its own poster and invitations."""

from flask import Response, abort, request, url_for

from core.instance import remember_address
from core.values.language import DEFAULT, known
from core.web.arrival import arrived_at
from core.web.extensions import db, settings
from core.web.sharing import public_address, shared_file
from quiz.contest import queries as contests
from quiz.contest.documents import SHEETS, contest_pdf, sheet_of
from quiz.contest.models import Contest
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404, typed_address

PDF = "application/pdf"


@blueprint.get("/<slug>/to-treo.pdf")
def poster(slug: str) -> Response:
    """Send the sheet of the kind and in the language that the query names, Vietnamese whatever the pages are read in;
    404 for a contest that cannot be entered any more, and while its address opens on this machine alone.
    """
    contest, kind = contest_or_404(slug), request.args.get("kho", "a4")
    if kind not in SHEETS or not has_posters(contest):
        abort(404)
    language = known(request.args.get("ngon_ngu", DEFAULT))
    address = public_address(url_for("quiz.contest", slug=slug, lang=None))
    sheet = sheet_of(db.session, contest, address, typed_address(contest), language)
    drawn = contest_pdf(sheet, kind, language)
    if remember_address(db.session, settings()):
        db.session.commit()
    return shared_file(drawn, PDF, f"to-treo-{slug}-{kind}.pdf")


def has_posters(contest: Contest) -> bool:
    """Return whether *contest* is still to be entered, at an address that others can open."""
    if not contest.takes_papers or contest.is_rehearsal or not public_address():
        return False
    now = arrived_at()
    return any(contests.phase_of(round, now) in (Phase.OPEN, Phase.UPCOMING) for round in contest.rounds)
