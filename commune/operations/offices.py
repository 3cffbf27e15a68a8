"""Create and correct offices."""

from sqlalchemy.orm import Session

from commune.models import Office, Unit
from core.values.text import search_key


def create_office(
    session: Session, unit: Unit, *, slug: str, name: str, host: str, hotline: str = "", is_illustrative: bool = False
) -> Office:
    """Create a one-stop centre in *unit*; *host* is the body that runs the survey, not the rated office."""
    office = Office(
        unit_id=unit.id, slug=slug, name=name, search_key=search_key(name), host=host, hotline=hotline,
        is_illustrative=is_illustrative, units=[unit],
    )  # fmt: skip
    session.add(office)
    session.flush()
    return office


def rename_office(office: Office, *, name: str, host: str, hotline: str, networks: str | None = None) -> None:
    """Correct the name, host and hotline of *office*, and its networks if given; its address and its ratings stay."""
    office.name, office.search_key, office.host, office.hotline = name, search_key(name), host, hotline
    office.networks = office.networks if networks is None else networks
