"""The parts of printed sheets that show a unit."""

from sqlalchemy.orm import Session

from commune.queries.logos import large_ones, logos_of
from core.pdf.blocks import PrintedLogo


def printed_logo(session: Session, unit_id: int) -> PrintedLogo | None:
    """Return the logo of a unit, or of the nearest above it that has one; None without any."""
    shown = logos_of(session, {unit_id}).get(unit_id)
    return PrintedLogo(shown.digest, large_ones(session, {shown.digest})[shown.digest]) if shown else None
