"""What an inspector alone takes along: every rating of an office, row by row."""

from flask import Response

from account.views.current import audit
from core.web import uploads
from core.web.access import requires
from core.web.extensions import db
from survey import operations
from survey.files.rows import rows_csv
from survey.manage.blueprint import blueprint
from survey.manage.office import office_or_404
from survey.queries.rating import list_rows
from survey.rules.actions import Action


@blueprint.get("/<slug>/tung-luot.csv")
@requires("rating.inspect")
def rows(slug: str) -> Response:
    """The ratings of an office with their weeks, in an order that tells nothing; that they were taken is recorded."""
    office = office_or_404(slug)
    ratings = list_rows(db.session, office)
    content = rows_csv(ratings)
    audit(Action.RATING_EXPORT, operations.office_subject(office), after={"entries": len(ratings)})
    db.session.commit()
    return uploads.csv(content, f"tung luot {slug}")
