"""Confirming on a line of the roster once a public number may be known: a second person's approval (decision 0133)."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import LATER, Handler, NoLonger, Part
from account.operations.audit import Actor
from account.rules.chain import Plain
from account.rules.signed import Signed
from account.views.current import request_approval
from core import clock
from core.crypto import Keyring
from core.jobs import Order, enqueue
from core.values.dates import day
from core.values.kept import kept
from core.values.text import N_
from quiz.attempt.queries.eligible import RosterLine, lines_of, list_lines
from quiz.contest.manage import asks_second
from quiz.contest.models import Contest, Participant, Round
from quiz.contest.operations.confirmation import PhoneFull
from quiz.contest.rules.actions import QuizAction
from quiz.results.jobs import LINE, LINE_PHONE_FULL, LINE_STALE
from quiz.results.manage.exclusion import stale
from quiz.results.manage.large import is_large
from quiz.results.operations.lines import confirm_on_line, known_since, of_line_person, rounds_to_rank
from quiz.results.operations.versions import Changed, NothingToDo

TITLE = kept(N_("Xác nhận người trên danh sách dự thi của cuộc thi “%(contest)s”"))
"""The title of the job."""


def asks_for_line(contest: Contest) -> bool:
    """Whether a confirmation needs a second person now: it may choose who is in a tie whose order can be derived."""
    return known_since(contest, clock.now()) is not None and asks_second(contest)


def ask_for_line(round: Round, participant: Participant) -> Response:
    """Request the confirmation of *participant*, whom the organiser called."""
    contest = round.contest
    details: dict[str, Plain] = {"contest": contest.id, "participant": str(participant.id)}
    back = url_for(".lines", slug=contest.slug, number=round.number)
    return request_approval(QuizAction.LINE_CONFIRM, of_line_person(participant), reason="", details=details, back=back)


def _job(contest: Contest, participant_id: uuid.UUID, approval: Approval) -> Order:
    """Return the job that confirms a participant of a contest with a large round, as the requester's own."""
    owner, id = f"account:{approval.asked_by_id}", approval.id.hex
    payload = {"contest": contest.id, "participant": participant_id.hex, "approval": id}
    return Order(LINE, TITLE % {"contest": contest.title}, owner, contest.unit_id, payload, f"{LINE}:{id}")


def _asked(session: Session, approval: Approval) -> tuple[Contest, uuid.UUID]:
    given = approval.details
    return session.get_one(Contest, given["contest"]), uuid.UUID(str(given["participant"]))


def show_line(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the line's people without names, and that the number may have been known when the group changed."""
    contest, who = _asked(session, approval)
    person = session.get(Participant, who)
    free = [each for each in list_lines(session, contest.id, lines_of(who)) if each.holder is None]
    if person is None or not free:
        return (stale(),)
    facts = [
        (_("Việc"), Signed(_("Xác nhận một trong những người nhận một dòng của danh sách"))),
        (_("Đơn vị"), person.unit.name),
        (_("Khớp cùng một tên"), _("%(n)s người", n=_most(free))),
        *_known(known_since(contest, approval.asked_at)),
    ]
    return (Part(_("Việc sẽ làm"), facts),)


def _most(lines: Sequence[RosterLine]) -> int:
    return max(len(each.people) for each in lines)


def _known(since: date | None) -> list[tuple[str, str]]:
    if since is None:
        return []
    said = _(
        "có thể đã được biết từ ngày %(day)s, trước khi yêu cầu này được gửi. Ai biết số thì tính được người nào bốc "
        "trước: xin hỏi vì sao đến nay mới xác nhận, và vì sao là người này.",
        day=day(since),
    )
    return [(_("Số công khai"), said)]


def do_line(session: Session, keyring: Keyring, approval: Approval, now: datetime) -> str | None:
    """Confirm the participant, if the line is still free, as the deed of the requester, who called."""
    contest, who = _asked(session, approval)
    if any(is_large(session, each) for each in rounds_to_rank(contest)):
        enqueue(session, keyring, _job(contest, who, approval), now=now)
        return LATER
    try:
        confirm_on_line(
            session, keyring, Actor("account", approval.asked_by_id), contest, who, now=now, approval=approval
        )
    except PhoneFull as error:
        raise NoLonger(_(LINE_PHONE_FULL)) from error
    except (Changed, NothingToDo) as error:
        raise NoLonger(_(LINE_STALE)) from error
    return None


HANDLER = Handler(QuizAction.LINE_CONFIRM, "contest.manage", show_line, do_line)
