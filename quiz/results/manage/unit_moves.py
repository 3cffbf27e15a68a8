"""Lines about people who were moved to another unit, for the review and for the approver of a publication."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from core.values.numbers import thousands
from quiz.contest.models import Round
from quiz.results.queries.moves import list_movers, list_moves


def move_lines(session: Session, round: Round) -> Iterator[tuple[str, str]]:
    """Yield the moves between two units with their numbers, then who granted how many requests."""
    for each in list_moves(session, round):
        numbers = {"n": thousands(each.people), "papers": thousands(each.with_paper), "asked": thousands(each.asked)}
        words = _("%(n)s người, %(papers)s người có bài trong đợt này; %(asked)s người tự xin bằng mã", **numbers)
        yield str(_("%(old)s sang %(new)s", old=each.old, new=each.new)), str(words)
    for name, count in list_movers(session, round):
        yield str(_("%(name)s đồng ý đổi", name=name)), str(_("%(n)s yêu cầu", n=thousands(count)))
