"""Read the English names of a contest's rounds."""

from sqlalchemy.orm import Session

from core.content import ENGLISH, texts_of
from quiz.contest.models import Contest, Round


def round_names(session: Session, contest: Contest) -> dict[str, str]:
    """Return the English names of those rounds of *contest* that are no weeks by their Vietnamese ones, "" for none."""
    named = {round.id: str(round.name) for round in contest.rounds if round.name}
    texts = texts_of(session, Round, named, ENGLISH)
    return {name: texts.get((id, "name"), "") for id, name in named.items()}
