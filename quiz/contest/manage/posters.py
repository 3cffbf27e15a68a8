"""Download a contest's poster and invitation."""

from flask import Response, abort, request

from core.instance import remember_address
from core.values.language import DEFAULT, known
from core.web.access import requires
from core.web.extensions import db, settings
from core.web.letters import public_link
from quiz.contest.documents import SHEETS, contest_pdf, sheet_of
from quiz.contest.manage import blueprint, contest_or_404


@blueprint.get("/<slug>/to-treo.pdf")
@requires("contest.see")
def poster(slug: str) -> Response:
    """Send the contest's sheet of the kind and in the language that the query names, Vietnamese whatever the pages are
    read in; 404 while its address leads nowhere.
    """
    contest, kind = contest_or_404(slug), request.args.get("kho", "a4")
    language = known(request.args.get("ngon_ngu", DEFAULT))
    if not contest.takes_papers:
        abort(404)
    if kind not in SHEETS:
        abort(400)
    typed = public_link("quiz_short.lead", number=contest.id).partition("://")[2]
    sheet = sheet_of(db.session, contest, public_link("quiz.contest", slug=slug), typed, language)
    drawn = contest_pdf(sheet, kind, language)
    if remember_address(db.session, settings()):
        db.session.commit()
    shown = f'inline; filename="to-treo-{slug}-{kind}.pdf"'
    return Response(drawn, mimetype="application/pdf", headers={"Content-Disposition": shown})
