"""Download the ratings of an office, row by row, as an inspector."""

from flask import Response

from account.views.current import actor
from core.clock import now
from core.web import downloads
from core.web.access import requires
from core.web.extensions import db
from survey.counter.manage.office import blueprint, office_or_404
from survey.instrument.queries import option_words
from survey.instrument.rules.quick import REASONS
from survey.rating.files.rows import inspected_rows
from survey.rating.operations.inspection import export_ratings


@blueprint.get("/<slug>/tung-luot.csv")
@requires("rating.inspect")
def rows(slug: str) -> Response:
    """Send the ratings of an office with their batches of weeks, without comments; the download is audited."""
    office = office_or_404(slug)
    ratings = export_ratings(db.session, actor(), office, now=now())
    words = option_words(db.session, REASONS)
    db.session.commit()  # before the ratings are read and sent, since the audit trail is locked until then
    return downloads.csv_stream(inspected_rows(ratings, words), f"tung luot {slug}")
