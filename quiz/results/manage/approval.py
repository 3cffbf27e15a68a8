"""Sensitive actions of results: what a second approver is shown, and how each is done after approval."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.rules.signed import Signed
from core import clock
from core.crypto import Keyring
from core.values import phone
from core.values.dates import moment
from core.values.numbers import thousands
from quiz.contest.labels.prizes import prize_shown
from quiz.contest.models import Round
from quiz.contest.rules.actions import QuizAction
from quiz.results.labels import EXCLUSION_REASON
from quiz.results.manage import draw, exclusion, line_asked, objections, origins, passing, remark, review_asked
from quiz.results.manage.review_view import cleaned_figures
from quiz.results.models import Result, Winner
from quiz.results.operations import closing
from quiz.results.operations.contact import grant_contact_access
from quiz.results.operations.versions import Changed, NothingToDo, TooEarly
from quiz.results.queries.correction import count_grounds
from quiz.results.queries.result import RoundOutcome, find_result, read_outcome


def round_of(session: Session, approval: Approval) -> Round:
    """Return the round of a request."""
    return session.get_one(Round, approval.details["round"])


def _promised(round: Round) -> str:
    """Return the promised hour of the results, and by how many days it has passed."""
    late, said = round.days_late(clock.now()), moment(round.results_at)
    return _("%(moment)s (đã quá %(n)s ngày)", moment=said, n=late) if late else said


def _days_late(session: Session, approval: Approval, now: datetime) -> int:
    return round_of(session, approval).days_late(now)


def show_publication(session: Session, keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the list as the public would read it, and the figures."""
    round = round_of(session, approval)
    result = find_result(session, round)
    if result is None:
        return ()
    outcome = read_outcome(session, keyring, result)
    winners = [(_prize(winner), _as_published(winner, outcome, round)) for winner in outcome.winners]
    figures: list[tuple[str, str | Signed]] = [
        *_money(outcome.winners, round),
        (_("Lượt dự thi"), Signed(thousands(result.turns))),
        (_("Người dự thi"), Signed(thousands(result.people))),
        (_("Người đúng tất cả các câu"), Signed(thousands(result.perfect))),
        *cleaned_figures(session, round, result),
        *_grounds(session, round, result),
        (_("Giờ công bố đã hẹn"), _promised(round)),
    ]
    none = [(_("Không có"), _("Đợt này không có người đạt giải"))]
    parts = [Part(_("Danh sách sẽ công bố"), winners or none), Part(_("Số liệu sẽ công bố"), figures)]
    return [*parts, *origins.parts_of(session, round, result, outcome)]


def _grounds(session: Session, round: Round, result: Result) -> list[tuple[str, str]]:
    """Return the excluded entries by ground, as the public reads them."""
    label, grounds = str(_("Bài không được công nhận")), count_grounds(session, round, result.version)
    return [
        (label, str(_("%(ground)s (%(n)s bài)", ground=_(EXCLUSION_REASON[ground]), n=thousands(count))))
        for ground, count in grounds
    ]


def _prize(winner: Winner) -> str:
    if winner.needs_draw or winner.tier is None:
        return str(_("Đồng hạng %(rank)s, chờ bốc thăm", rank=winner.rank))
    contest, bloc = winner.participant.contest, winner.participant.bloc
    tier = prize_shown(winner.tier, contest, contest.bloc_name(bloc))
    return str(_("%(tier)s, hạng %(rank)s", tier=tier, rank=winner.rank))


def _amount(winner: Winner, round: Round) -> int:
    """Return the money of the prize that *winner* takes, in đồng; 0 where none is declared or the prize goes on."""
    if winner.state == "passed" or winner.needs_draw:
        return 0
    tiers = round.tiers_for(winner.participant.bloc)
    return next((tier.amount or 0 for tier in tiers if tier.name == winner.tier), 0)


def _money(winners: Sequence[Winner], round: Round) -> list[tuple[str, Signed]]:
    """Return the line of all the money that is given; nothing where no prize has an amount."""
    total = sum(_amount(each, round) for each in winners)
    return [(_("Tổng tiền giải"), Signed(_("%(amount)s đồng", amount=thousands(total))))] if total else []


def _as_published(winner: Winner, outcome: RoundOutcome, round: Round) -> str | Signed:
    """Return the line of *winner* as the public reads it, with the money of the prize."""
    said, amount = _named(winner, outcome), _amount(winner, round)
    if not amount:
        return said
    money = _("%(amount)s đồng", amount=thousands(amount))
    return replace(said, amount=money) if isinstance(said, Signed) else Signed("", said, money)


def _named(winner: Winner, outcome: RoundOutcome) -> str | Signed:
    unit = winner.participant.unit.name
    if winner.state == "passed" and winner.participant.restricted_at:
        return str(_("không gọi, vì thông tin đang tạm dừng xử lý; giải chuyển cho người kế tiếp, %(unit)s", unit=unit))
    if winner.state == "passed":
        return str(_("không trao được giải, chuyển cho người kế tiếp"))
    if winner.participant_id in outcome.from_sheet:
        unit = str(_("%(unit)s; bài nhập từ bảng tính", unit=unit))
    if winner.state == "pending":
        return str(_("Người dự thi (chưa gọi xác nhận được, không nêu tên), %(unit)s", unit=unit))
    if winner.participant_id in outcome.nicknamed:
        nickname = outcome.nicknamed[winner.participant_id]
        return Signed(_("“%(nickname)s” (biệt danh, không nêu tên)", nickname=nickname), unit)
    if winner.participant_id not in outcome.named:
        return str(_("Người dự thi (không nêu tên), %(unit)s", unit=unit))
    contact = outcome.contacts.get(winner.participant_id)
    if contact is None:
        return str(_("(đã xóa theo yêu cầu), %(unit)s", unit=unit))
    return Signed(contact.name, ", ".join([*([phone.mask_unbroken(contact.phone)] if contact.phone else []), unit]))


def do_publication(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Publish the approved list, if no winner is left to call."""
    round = round_of(session, approval)
    seen, decider = str(approval.details["winners"]), decided_by(approval)
    try:
        closing.publish_round(session, decider, round, reason=approval.reason, now=now, approval=approval, seen=seen)
    except closing.ClustersUndecided as error:
        raise NoLonger(_("Còn %(n)s cụm bài chưa quyết định.", n=error.count)) from error
    except closing.StillPending as error:
        raise NoLonger(_("Còn %(n)s người chưa gọi xác nhận.", n=error.count)) from error
    except TooEarly as error:
        raise NoLonger(_("Đợt thi chưa được khóa bài và xếp hạng.")) from error
    except NothingToDo as error:
        raise NoLonger(_("Đợt thi đã được công bố trước đó.")) from error
    except Changed as error:
        raise NoLonger(_("Danh sách giải đã thay đổi sau khi gửi yêu cầu. Cần gửi yêu cầu mới.")) from error


def page_of_publication(session: Session, approval: Approval) -> str | None:
    """Return the address of the round's public results; None before the announced hour and in a trial: no page then."""
    round = round_of(session, approval)
    if round.contest.is_trial or round.published_at is None or clock.now() < round.published_at:
        return None
    return url_for("quiz.round_results", slug=round.contest.slug, number=round.number)


def show_opening(_session: Session, _keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return what would be seen, by whom and for how long, without the names."""
    lines = [
        (_("Ai được xem"), Signed(approval.asker.name)),
        (_("Xem gì"), _("Họ tên và vài số cuối điện thoại của 20 bài đầu bảng xếp hạng")),
        (_("Bao lâu"), _("24 giờ kể từ lúc phê duyệt")),
    ]
    return (Part(_("Sẽ được mở"), lines),)


def do_opening(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Grant the requester access to the contacts."""
    people = str(approval.details["people"])
    try:
        grant_contact_access(
            session, decided_by(approval), round_of(session, approval), account_id=approval.asker.id, people=people,
            reason=approval.reason, now=now, approval=approval,
        )  # fmt: skip
    except TooEarly as error:
        raise NoLonger(_("Đợt thi chưa được khóa bài và xếp hạng.")) from error


HANDLERS = (
    Handler(
        QuizAction.ROUND_PUBLISH,
        "contest.manage",
        show_publication,
        do_publication,
        page_of_publication,
        days_late=_days_late,
    ),
    Handler(QuizAction.CONTACT_OPEN, "contact.open", show_opening, do_opening),
    draw.HANDLER,
    exclusion.HANDLER,
    passing.HANDLER,
    line_asked.HANDLER,
    review_asked.HANDLER,
    remark.HANDLER,
    objections.HANDLER,
)
