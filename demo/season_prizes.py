"""Decide on the prizes of people for a finished contest, as its organiser and an approver would."""

from datetime import timedelta
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select

from account.models import Account
from account.operations.approval import approve, ask
from account.operations.audit import Actor
from account.rules.chain import Plain
from account.views.current import handlers
from demo.accounts import APPROVER, ORGANISER
from demo.world import World
from quiz.awards.operations.season import check_season
from quiz.awards.operations.season_calls import confirm_season, open_season_contacts
from quiz.awards.queries.season import draft_season
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction

LATER, ASKED, ANSWERED = timedelta(days=4), timedelta(days=4, hours=2), timedelta(days=4, hours=7)
"""From the last publication to the calls, to the request, and to the agreement."""


def decide_season_prizes(world: World, contest: Contest) -> None:
    """Call those in line some days after the last publication of *contest*, request the decision, and approve it.

    Nothing is decided while its last round is not published, or was too lately.
    """
    published = contest.rounds[-1].published_at
    if published is None or published + ANSWERED > world.now:
        return
    organiser = _account(world, ORGANISER)
    _call(world, contest, organiser)
    at = published + ASKED
    details: dict[str, Plain] = {"contest": contest.id, "seen": check_season(world.session, contest, now=at)}
    asked = ask(
        world.session,
        organiser,
        QuizAction.SEASON_DECIDE,
        of_contest(contest),
        reason="Trao giải chung cuộc theo thể lệ",
        details=details,
        now=at,
        id=uuid5(NAMESPACE_URL, f"giai-chung-cuoc/{contest.slug}"),
    )
    approver = _account(world, APPROVER)
    approve(world.session, world.keyring, asked, approver, handlers(), note="Đồng ý.", now=published + ANSWERED)


def _call(world: World, contest: Contest, organiser: Account) -> None:
    """Open the numbers of those in line, and confirm everybody who waits for a call."""
    session, by, at = world.session, Actor("account", organiser.id), contest.rounds[-1].results_at + LATER
    draft = draft_season(session, contest, at)
    if draft is None or not draft.pending:
        return
    open_season_contacts(session, by, contest, account_id=organiser.id, reason="Gọi xác nhận giải chung cuộc", now=at)
    for seat in draft.pending:
        confirm_season(session, world.keyring, by, contest, seat.participant_id, now=at)


def _account(world: World, email: str) -> Account:
    return world.session.scalars(select(Account).where(Account.email == email)).one()
