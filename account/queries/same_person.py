"""Whether two accounts may belong to one person."""

from sqlalchemy.orm import Session

from account.models import Account
from account.queries.kinship import kinship_of
from account.rules.same_person import NamedAccount, SameSign, same_signs


def find_same_signs(session: Session, one: Account, other: Account) -> list[SameSign]:
    """Return the signs that two accounts may be one person's; none for the same account."""
    if one.id == other.id:
        return []
    kinship = kinship_of(session, one.id, other.id)
    pair = (NamedAccount(each.id, each.name, each.email) for each in (one, other))
    return same_signs(*pair, is_made=kinship is not None and kinship.is_direct)
