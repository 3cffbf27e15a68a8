"""The names that an account may read of those in line for the prizes of the whole contest."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from account.views.current import present_account
from core.web.access import scope_of
from core.web.extensions import db, keyring
from privacy.models.holder import Contact
from quiz.contest.models import Contest
from quiz.results.models import SeasonDecision
from quiz.results.models.contact import SEASON
from quiz.results.queries.contact import list_openings
from quiz.results.queries.result import contacts_of
from quiz.results.queries.season_prizes import Seated, season_outcome


def opened_until(contest: Contest, now: datetime) -> datetime | None:
    """Return until when the names and numbers are open to the signed-in account; None where they are not."""
    if contest.unit_id not in scope_of("contact.open"):
        return None
    return list_openings(db.session, contest.rounds[-1], present_account().id, now).get(SEASON)


def opened_contacts(contest: Contest, seats: Sequence[Seated], now: datetime) -> dict[UUID, Contact]:
    """Return the contacts of *seats* that are open to the signed-in account; none where they were not opened."""
    if opened_until(contest, now) is None:
        return {}
    return contacts_of(db.session, keyring(), [each.participant for each in seats])


def public_names(contest: Contest, decision: SeasonDecision | None) -> dict[UUID, str]:
    """Return the names of the people of *decision* who are named in public."""
    if decision is None:
        return {}
    outcome = season_outcome(db.session, keyring(), contest, decision.awards)
    return {id: outcome.contacts[id].name for id in outcome.named if id in outcome.contacts}


def readable_names(
    contest: Contest, decision: SeasonDecision | None, seats: Sequence[Seated], now: datetime
) -> dict[UUID, str]:
    """Return the names of *seats* that are public or open to the signed-in account."""
    opened = {id: contact.name for id, contact in opened_contacts(contest, seats, now).items()}
    return public_names(contest, decision) | opened
