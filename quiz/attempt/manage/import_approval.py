"""A sheet of papers for a contest held online waits for a second person: requested, shown, and stored when approved."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import DAYS, LATER, Handler, NoLonger, Part, decided_by
from account.rules.chain import Plain
from account.views.current import request_approval
from core import clock
from core.crypto import Keyring
from core.importing.errors import CannotImport, ImportBusy, ImportRefused
from core.importing.job import payload_of
from core.importing.kind import Choices, ImportContext, ImportPlan
from core.importing.session import ImportSession, find_session
from core.jobs import Order, enqueue
from core.sheets import memory
from core.values.dates import moment
from core.values.numbers import thousands
from core.web.extensions import db
from core.web.importing.pages import ROWS_IN_A_PAGE
from quiz.attempt.files.imports import APPROVAL, PaperSheets, why_not
from quiz.attempt.queries.origin import takes_online
from quiz.attempt.rules.sheet_turns import SheetTurns
from quiz.contest.labels.rounds import kept_round
from quiz.contest.manage import asks_second
from quiz.contest.models import Round
from quiz.contest.operations.audit_subjects import of_sheet
from quiz.contest.rules.actions import QuizAction


def hold(session: ImportSession[Round], plan: ImportPlan[SheetTurns]) -> Response | None:
    """Request the import from a second person, where papers of the contest come from the site too."""
    round, now = session.kind.target, clock.now()
    if session.draft is None or not (
        asks_second(round.contest) and plan.report.new and takes_online(db.session, round, now)
    ):
        return None
    memory.keep_until(db.session, session.draft.id, session.context.today + timedelta(days=DAYS))
    back = url_for(".round", slug=round.contest.slug, number=round.number)
    about = of_sheet(round, session.draft.id, plan.report.new)
    return request_approval(QuizAction.ENTRY_IMPORT, about, reason="", details=_details(session, plan, now), back=back)


def _details(session: ImportSession[Round], plan: ImportPlan[SheetTurns], now: datetime) -> dict[str, Plain]:
    """Return what is asked for: the draft with its choices, and the figures that the approver reads."""
    round, turns = session.kind.target, plan.values.turns
    size = round.asked
    return {
        "round": round.id,
        "job": json.dumps(payload_of(session), sort_keys=True),
        "new": plan.report.new,
        "people": len({turn.person for turn in turns}),
        "perfect": sum(turn.entry.correct == size for turn in turns),
        "left_out": len(plan.report.errors),
        "is_late": now >= round.closes_at,
    }


def show_import(session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the figures of the sheet, how it will rank, and when it came."""
    given, round = approval.details, session.get_one(Round, approval.details["round"])
    counts = [
        (_("Lượt dự thi sẽ nhập"), given["new"]),
        (_("Người trong bảng"), given["people"]),
        (_("Lượt đúng tất cả các câu trong bảng"), given["perfect"]),
        (_("Dòng có lỗi, bỏ qua"), given["left_out"]),
    ]
    closing = _("Đợt thi đóng lúc %(moment)s", moment=moment(round.closes_at))
    when = _("%(closing)s; bảng được gửi sau giờ đóng.", closing=closing) if given["is_late"] else closing
    effect = [
        (_("Khi nào"), when),
        (_("Xếp hạng"), _("Như làm hết giờ và nộp sau cùng: không ai chứng kiến thời gian ghi trong bảng.")),
        (_("Công bố"), _("Trang kết quả ghi số bài nhập từ bảng tính và đánh dấu từng bài trong bảng xếp hạng.")),
    ]
    figures = [(words, thousands(int(str(count)))) for words, count in counts]
    return Part(_("Bảng sẽ nhập"), figures), Part(_("Việc sẽ làm"), effect)


def do_import(session: Session, keyring: Keyring, approval: Approval, now: datetime) -> str | None:
    """Store the sheet as it was requested and shown, or nothing; a large one as a job."""
    round = session.get_one(Round, approval.details["round"])
    payload = json.loads(str(approval.details["job"]))
    payload["options"] |= {APPROVAL: approval.id.hex}
    if int(str(approval.details["new"])) > ROWS_IN_A_PAGE:
        enqueue(session, keyring, _order(round, approval, payload), now=now)
        return LATER
    context = ImportContext(session, keyring, round, now)
    try:
        _store(context, payload, decided_by(approval).owner)
    except CannotImport as refusal:
        raise NoLonger(why_not(round, refusal)) from refusal
    except (ImportRefused, ImportBusy, IntegrityError) as error:
        raise NoLonger(_("Dữ liệu đã thay đổi sau khi gửi yêu cầu. Cần mở lại bảng và gửi yêu cầu mới.")) from error
    return None


def _store(context: ImportContext[Round], payload: dict[str, Any], owner: str) -> None:
    draft_id = uuid.UUID(payload["draft"])
    found = find_session(PaperSheets, context, draft_id)
    if found is None:
        raise NoLonger(_("Bảng này đã được nhập hoặc đã hủy."))
    found.choose(_choices(payload))
    found.store(owner, found.kind.plan(found.rows()))


def _choices(given: dict[str, Any]) -> Choices:
    return Choices(given["places"], given["options"], given["decisions"], given["skip_errors"], batch=given["draft"])


def _order(round: Round, approval: Approval, payload: dict[str, Any]) -> Order:
    title = PaperSheets.words.job % {"round": kept_round(round), "contest": round.contest.title}
    asker, unit_id = f"account:{approval.asked_by_id}", round.contest.unit_id
    return Order(PaperSheets.job, title, asker, unit_id, payload, f"{PaperSheets.job}:{payload['draft']}")


HANDLER = Handler(QuizAction.ENTRY_IMPORT, "contest.manage", show_import, do_import)
