"""Decide on the prizes of units of a finished contest, as its organiser and an approver would."""

from datetime import timedelta

from sqlalchemy import select

from account.models import Account
from account.operations.approval import approve, ask
from account.rules.chain import Plain
from account.views.current import handlers
from demo.accounts import APPROVER, ORGANISER
from demo.world import World
from quiz.awards.operations.collective import check_decidable
from quiz.contest.models import Contest
from quiz.contest.operations.audit_subjects import of_contest
from quiz.contest.rules.actions import QuizAction

LATER = timedelta(days=3)
"""From the last publication to the request."""
ANSWERED = timedelta(hours=5)


def decide_unit_prizes(world: World, contest: Contest) -> None:
    """Request the decision of *contest*'s declared measure some days after its last publication, and approve it.

    Nothing is decided while its last round is not published, or was too lately.
    """
    published = contest.rounds[-1].published_at
    if published is None or published + LATER + ANSWERED > world.now:
        return
    at = published + LATER
    details: dict[str, Plain] = {"contest": contest.id, "seen": check_decidable(world.session, contest, now=at)}
    asked = ask(
        world.session,
        _account(world, ORGANISER),
        QuizAction.COLLECTIVE_DECIDE,
        of_contest(contest),
        reason="Trao giải tập thể theo thể lệ",
        details=details,
        now=at,
        id=world.chance.id(),
    )
    note = "Đồng ý."
    approve(world.session, world.keyring, asked, _account(world, APPROVER), handlers(), note=note, now=at + ANSWERED)


def _account(world: World, email: str) -> Account:
    return world.session.scalars(select(Account).where(Account.email == email)).one()
