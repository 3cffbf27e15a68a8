"""The prizes of the whole contest: those in line, the calls, the draws, and the decision."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from account.models import Approval
from account.operations.approval import Handler, NoLonger, Part, decided_by
from account.rules.chain import Plain
from account.rules.signed import Signed
from account.views.current import actor, request_approval
from core import clock
from core.crypto import Keyring
from core.values.dates import moment
from core.values.numbers import thousands
from core.web.access import may, requires, scope_of
from core.web.extensions import db
from quiz.awards.manage.decision_request import contest_of, request_words
from quiz.awards.manage.season_draw import ties_on_page
from quiz.awards.manage.season_names import opened_contacts, opened_until, public_names
from quiz.awards.manage.season_refusals import REFUSALS, why_not
from quiz.awards.operations.season import check_draft, check_season, decide_season
from quiz.awards.queries.season import SeasonDraft, SeasonSeat, draft_season
from quiz.contest.labels.season import season_figure, season_sentence
from quiz.contest.labels.season_prizes import season_prize_sentences
from quiz.contest.manage import asks_second, blueprint, contest_or_404
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction
from quiz.contest.rules.presets import Rules
from quiz.results.forms.closing import OpeningForm, PassForm, PublishForm
from quiz.results.models import SeasonDecision
from quiz.results.queries.season_prizes import find_season_decision, season_outcome

Page = Response | tuple[str, int]


@blueprint.get("/<slug>/giai-chung-cuoc")
@requires("result.see")
def season(slug: str) -> str:
    """Show those in line for the prizes of the whole contest, and the newest decision."""
    return season_page(contest_or_404(slug))


def season_page(contest: Contest, *, opening: OpeningForm | None = None, passing: PassForm | None = None) -> str:
    """Return the page, with a form that was sent and has a mistake."""
    now = clock.now()
    decision, draft = find_season_decision(db.session, contest), draft_season(db.session, contest, now)
    return render_template(
        "quiz/awards/manage/season.html",
        contest=contest,
        decision=decision,
        draft=draft,
        form=PublishForm(None),
        opening=opening or OpeningForm(None),
        pass_form=lambda who: passing if passing and passing.why.id == f"ly-do-{who}" else PassForm(None).about(who),
        names=public_names(contest, decision),
        contacts=opened_contacts(contest, draft.seats, now) if draft else {},
        opened=opened_until(contest, now),
        why_not=_obstacle(draft, decision),
        manages=may("contest.manage"),
        may_open=contest.unit_id in scope_of("contact.open"),
        **ties_on_page(contest, draft, is_decided=decision is not None),
        **_words(contest),
        **request_words(contest, QuizAction.SEASON_DECIDE),
    )


def _words(contest: Contest) -> dict[str, object]:
    """Return how the standings are built and the prizes given, and the sums of a person in words."""
    rules, tiers = Rules.from_dict(contest.rules), [tier.value for tier in contest.season_tiers]
    return {
        "season_sentence": season_sentence(rules.season, is_weekly=contest.is_weekly),
        "articles": season_prize_sentences(rules, tiers, contest.prize_texts, is_weekly=contest.is_weekly),
        "figure": lambda total: season_figure(rules.season, total, is_weekly=contest.is_weekly),
    }


def _obstacle(draft: SeasonDraft | None, decision: SeasonDecision | None) -> str:
    """Return why nothing can be decided now; empty where it can."""
    try:
        check_draft(draft, decision)
    except REFUSALS as error:
        return why_not(error)
    return ""


@blueprint.post("/<slug>/giai-chung-cuoc/de-nghi")
@requires("contest.manage")
def decide_of_season(slug: str) -> Page:
    """Decide on the prizes of the whole contest, or ask a second person to."""
    contest, form = contest_or_404(slug), PublishForm()
    back = url_for(".season", slug=slug)
    if not form.validate_on_submit():
        return redirect(back)
    try:
        return _decide(contest, form.reason.data or "", back)
    except REFUSALS as error:
        db.session.rollback()
        flash(why_not(error), "error")
    return redirect(back)


def _decide(contest: Contest, reason: str, back: str) -> Page:
    seen = check_season(db.session, contest, now=clock.now())
    if asks_second(contest):
        details: dict[str, Plain] = {"contest": contest.id, "seen": seen}
        about = of_contest(contest)
        return request_approval(QuizAction.SEASON_DECIDE, about, reason=reason, details=details, back=back)
    decision = decide_season(db.session, actor(), contest, seen=seen, reason=reason, now=clock.now())
    db.session.commit()
    flash(_("Đã quyết định giải chung cuộc, lần %(version)s.", version=decision.version), "success")
    return redirect(back)


def show_season(session: Session, keyring: Keyring, approval: Approval) -> Sequence[Part]:
    """Return the prizes as they would be decided, and who was passed over; only a warning where they have changed."""
    contest = contest_of(session, approval)
    draft = draft_season(session, contest, clock.now())
    if draft is None or draft.digest != approval.details["seen"]:
        why = _("Danh sách đã thay đổi sau khi gửi yêu cầu; đồng ý cũng không thực hiện được.")
        return (Part(_("Yêu cầu này không còn khớp"), [(_("Vì sao"), why)]),)
    rules, outcome = Rules.from_dict(contest.rules), season_outcome(session, keyring, contest, draft.winners)
    names = {id: outcome.contacts[id].name for id in outcome.named if id in outcome.contacts}
    lines = [(_place(seat), _as_published(contest, seat, names)) for seat in draft.winners]
    about = [
        (_("Cách xếp"), season_sentence(rules.season, is_weekly=contest.is_weekly)),
        (_("Người được giải"), thousands(len(draft.winners))),
        *((_("Bỏ qua"), _passed(seat)) for seat in draft.passed),
        *((_("Đã nhận đủ giải"), _("hạng %(rank)s", rank=line.rank)) for line in draft.barred),
    ]
    return Part(_("Giải chung cuộc"), lines), Part(_("Xét giải"), about)


def _place(seat: SeasonSeat) -> str:
    return str(_("%(tier)s, hạng %(rank)s", tier=seat.prize, rank=seat.rank))


def _as_published(contest: Contest, seat: SeasonSeat, names: Mapping[UUID, str]) -> Signed:
    """Return a winner as the public will read them, with the sums and the money."""
    name = names.get(seat.participant_id) or str(_("Người dự thi (không nêu tên)"))
    figure = season_figure(Rules.from_dict(contest.rules).season, seat.total, is_weekly=contest.is_weekly)
    amount = seat.tier.amount if seat.tier else None
    money = _("%(amount)s đồng", amount=thousands(amount)) if amount else ""
    return Signed(name, f"{seat.participant.unit.name}; {figure}", money)


def _passed(seat: SeasonSeat) -> str:
    """Return who was passed over: the rank, the unit, the calls and the reason, without the name."""
    call = seat.call
    return str(
        _(
            "hạng %(rank)s, %(unit)s; gọi %(calls)s lần không ai nghe máy, bỏ qua lúc %(moment)s. Lý do: %(why)s",
            rank=seat.rank,
            unit=seat.participant.unit.name,
            calls=call.missed if call else 0,
            moment=moment(call.called_at) if call else "",
            why=(call.why if call else "") or "",
        )
    )


def do_season(session: Session, _keyring: Keyring, approval: Approval, now: datetime) -> None:
    """Decide as requested and shown, or not at all."""
    contest, seen = contest_of(session, approval), str(approval.details["seen"])
    try:
        decide_season(
            session, decided_by(approval), contest, seen=seen, reason=approval.reason, now=now, approval=approval
        )
    except REFUSALS as error:
        raise NoLonger(why_not(error)) from error


HANDLER = Handler(QuizAction.SEASON_DECIDE, "contest.manage", show_season, do_season)
