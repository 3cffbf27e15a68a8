"""What changes units."""

from datetime import date

from sqlalchemy.orm import Session

from commune.models import Unit
from core.values.text import search_key, sort_key


def create_unit(
    session: Session,
    *,
    code: str,
    kind: str,
    name: str,
    valid_from: date,
    valid_to: date | None = None,
    parent: Unit | None = None,
) -> Unit:
    """A unit under its full name ("xã Xuân Lập"); raises IntegrityError for a (code, valid from) that is there."""
    unit = Unit(
        code=code, kind=kind, name=name, valid_from=valid_from, valid_to=valid_to, parent=parent,
        search_key=search_key(name), sort_key=_order(name),
    )  # fmt: skip
    session.add(unit)
    session.flush()
    return unit


def _order(name: str) -> str:
    """Vietnamese order by the name proper, word by word: "xã Xuân Lập" stands under X."""
    words = [word for word in name.split() if word[0].isupper() or word[0].isdigit()] or name.split()
    return " ".join(sort_key(word) for word in words)
