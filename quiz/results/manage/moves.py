"""The changes of a correction in words, for the requester and the approver."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from account.operations.approval import Part
from account.rules.signed import Signed
from core.values.numbers import thousands
from quiz.contest.labels.guesses import guess_words
from quiz.contest.labels.prizes import prize_shown
from quiz.contest.models import Participant
from quiz.results.operations.versions import Preview
from quiz.results.rules.corrections import Move, Seat
from quiz.results.rules.ranking import GuessedNumber

SHOWN, LEAVING_SHOWN = 20, 8
"""The most seats of the new list, and of the people who leave it, that are shown one by one."""


def parts_of(session: Session, preview: Preview) -> Sequence[Part]:
    """Return the new list of prizes beside the present one, the people who leave it, and the changed figures."""
    seated, left = [move for move in preview.moves if move.after], [move for move in preview.moves if not move.after]
    stay = [(_seat(session, move.after), _came(session, move)) for move in seated[:SHOWN] if move.after]
    stay += _others(seated, SHOWN)
    gone = [(_seat(session, move.before), _unit(session, move.before)) for move in left[:LEAVING_SHOWN] if move.before]
    gone += _others(left, LEAVING_SHOWN)
    parts = [Part(_("Danh sách giải sau quyết định này"), stay or [(_("Không có"), _("Không có người đạt giải"))])]
    if gone:
        parts.append(Part(_("Ra khỏi danh sách giải"), gone))
    return [*parts, Part(_("Số liệu"), _figures(preview))]


def _others(moves: Sequence[Move], shown: int) -> list[tuple[str, str]]:
    """Return the line that stands for the moves that are not shown."""
    if len(moves) <= shown:
        return []
    return [(_("Cùng"), _("%(n)s người khác", n=thousands(len(moves) - shown)))]


def _figures(preview: Preview) -> list[tuple[str, Signed]]:
    lines = [(_("Bài được xếp hạng"), Signed(_change(preview.ranked, len(preview.draft.standings))))]
    if preview.draft.perfect != preview.result.perfect:
        lines.append((_("Người đúng tất cả các câu"), Signed(_change(preview.result.perfect, preview.draft.perfect))))
    if preview.draft.target is not None and preview.result.target is not None:
        lines.append(
            (_("Con số để chấm dự đoán"), Signed(_target(preview, preview.draft.target, preview.result.target)))
        )
    return lines


def _target(preview: Preview, after: GuessedNumber, before: int) -> str:
    """Return the change of the number that guesses are measured against, a percentage with its people."""
    if after.scale == 1:
        return _change(before, after.number)
    words = guess_words(preview.rules, preview.result.target_people).target(before)
    said = guess_words(preview.rules, after.people).target(after.number)
    if words == said:
        return str(_("%(n)s (không đổi)", n=said))
    return str(_("trước: %(before)s; sau: %(after)s", before=words, after=said))


def _change(before: int, after: int) -> str:
    if before == after:
        return str(_("%(n)s (không đổi)", n=thousands(after)))
    return str(_("trước: %(before)s; sau: %(after)s", before=thousands(before), after=thousands(after)))


def _came(session: Session, move: Move) -> str:
    if move.after is None:
        return ""
    unit = _unit(session, move.after)
    if move.before is None:
        return str(_("%(unit)s; mới vào danh sách", unit=unit))
    if move.before == move.after:
        return str(_("%(unit)s; không đổi", unit=unit))
    return str(_("%(unit)s; trước đó: %(seat)s", unit=unit, seat=_seat(session, move.before)))


def _seat(session: Session, seat: Seat) -> str:
    if seat.tier is None:
        return str(_("Đồng hạng %(rank)s, chờ bốc thăm", rank=seat.rank))
    person = session.get_one(Participant, UUID(seat.ref))
    tier = prize_shown(seat.tier, person.contest, person.contest.bloc_name(person.bloc))
    return str(_("%(tier)s, hạng %(rank)s", tier=tier, rank=seat.rank))


def _unit(session: Session, seat: Seat) -> str:
    return session.get_one(Participant, UUID(seat.ref)).unit.name
