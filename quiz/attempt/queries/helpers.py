"""People who helped with papers of a round, and with how many."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.crypto import Keyring, unseal
from core.values.names import name_key
from quiz.attempt.models import Attempt, AttemptHelp, Entry
from quiz.contest.models import Round


@dataclass(frozen=True)
class Helper:
    """A person who helped, by the name they gave: the counted papers, and those with every question right."""

    name: str
    papers: int
    perfect: int


def list_helpers(session: Session, keyring: Keyring, round: Round) -> list[Helper]:
    """Return who helped with counted papers of *round*, the most papers first; a name is known by its folded form."""
    query = select(Attempt.id, Attempt.correct, AttemptHelp.sealed).join(Entry, Entry.attempt_id == Attempt.id)
    query = query.join(AttemptHelp, AttemptHelp.attempt_id == Attempt.id).where(Entry.round_id == round.id)
    names, marks = dict[str, str](), defaultdict[str, list[bool]](list)
    for row in session.execute(query.order_by(Attempt.id)):
        name = unseal(keyring.key("helper"), row.sealed, about=row.id.bytes)
        names.setdefault(name_key(name), name)
        marks[name_key(name)].append(row.correct == round.asked)
    found = [Helper(names[key], len(right), sum(right)) for key, right in marks.items()]
    return sorted(found, key=lambda each: (-each.papers, each.name))
