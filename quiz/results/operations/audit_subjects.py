"""What the audit trail says of results."""

from account.rules.chain import Plain
from quiz.results.models import Result
from quiz.results.queries.remark import VOID


def closed(result: Result) -> dict[str, Plain]:
    """What a week's close came to."""
    return {"state": "closed", "turns": result.turns, "people": result.people, "perfect": result.perfect}


def key_words(fix: str) -> str:
    """A key as a re-mark names it, in words."""
    return "bỏ câu, ai cũng được tính đúng" if fix == VOID else ", ".join(fix)


def remarked(result: Result, fix: str, *, is_alone: bool) -> dict[str, Plain]:
    """What marking a week anew came to."""
    told: dict[str, Plain] = {"key": key_words(fix), "version": result.version, "target": result.target}
    return told | {"perfect": result.perfect, "second_approver": not is_alone}
