"""The page after a rating: what was recorded, what happens next, and a form for reasons and a comment."""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from flask import render_template, request
from flask_babel import get_locale
from markupsafe import Markup
from sqlalchemy.orm import Session

from core.crypto import Keyring
from core.idempotency import Reply, is_used
from core.values.codes import in_fours
from core.values.week import local_date, monday_of
from core.web.arrival import arrived_at
from core.web.extensions import keyring
from core.web.form_tokens import form_token
from core.web.language import kept_in
from core.web.page_cache import cached_page
from core.web.slots import slot
from survey.counter.queries.printed import signer
from survey.counter.rules.address import issue
from survey.instrument.rules.levels import Level
from survey.rating.forms import AdditionForm, RatingForm, level_words
from survey.rating.operations.additions import addition_key
from survey.rating.queries.place import RatedPlace
from survey.rating.rules.additions import Sign, Ticket, read_ticket, write_ticket

Page = tuple[str, int]
_SLOTS = ("receipt", "face", "level", "add_to")


class More(StrEnum):
    """The state of reasons and a comment: OPEN offers the form, SAID confirms them, CLOSED offers nothing."""

    OPEN = "open"
    SAID = "said"
    CLOSED = "closed"


def ticket_signer(keyring: Keyring) -> Sign:
    """Return the signer of the tickets by which reasons and a comment are added."""
    return keyring.signer("rating-ticket")


def thanks_for(session: Session, place: RatedPlace, form: RatingForm, reply: Reply) -> str:
    """Return the page for the rating of a valid *form*; *reply* is its ticket, or a bare receipt of an older one."""
    ticket = read_ticket(reply.text, ticket_signer(keyring()))
    if ticket is None:
        return _kept(place, Ticket(reply.text, Level(form.level.data), arrived_at()), More.CLOSED)
    return _kept(place, ticket, _state_after(session, form, ticket, reply))


def thanks_for_more(place: RatedPlace, ticket: Ticket) -> str:
    """Return the page after reasons or a comment were added."""
    return _kept(place, ticket, More.SAID)


def thanks_again(place: RatedPlace, ticket: Ticket, form: AdditionForm) -> str:
    """Return the page with a *form* that has mistakes, and what was typed."""
    return _rendered(place, More.OPEN, form, _shown(place, ticket))


def _state_after(session: Session, form: RatingForm, ticket: Ticket, reply: Reply) -> More:
    if form.says_more or (reply.is_replay and is_used(session, addition_key(keyring(), ticket.receipt))):
        return More.SAID
    return More.CLOSED if arrived_at() >= ticket.until else More.OPEN


def _kept(place: RatedPlace, ticket: Ticket, more: More) -> str:
    """Return the page, which is rendered once per place, version and week."""
    values = _shown(place, ticket)
    if more is More.OPEN:
        values |= {"ticket": write_ticket(ticket, ticket_signer(keyring())), "token": form_token(AdditionForm)}
    return cached_page(
        ("survey.thanks", place.serial, more), (place.page_version, _next_monday()), lambda: _open(place, more), values
    )


def _open(place: RatedPlace, more: More) -> str:
    """Return the page with its slots open."""
    form = AdditionForm(place.instrument, str(get_locale()), formdata=None)
    form.ticket.data = slot("ticket")
    form.form_token.current_token = slot("token")
    return _rendered(place, more, form, {name: slot(name) for name in _SLOTS})


def _rendered(place: RatedPlace, more: More, form: AdditionForm, shown: dict[str, str]) -> str:
    return render_template(
        "survey/rating/thanks.html",
        place=place,
        logo=place.logo,
        more=more,
        form=form,
        next_monday=_next_monday(),
        **shown,
    )


def _shown(place: RatedPlace, ticket: Ticket) -> dict[str, str]:
    """Return what the page shows of this one rating."""
    words = level_words(place.instrument, str(get_locale()))
    return {
        "receipt": in_fours(ticket.receipt),
        "face": _face(int(ticket.level)),
        "level": words[ticket.level],
        "add_to": _add_to(place),
    }


def _add_to(place: RatedPlace) -> str:
    """Return where more is sent: in the letters of this page's address, which the service worker looks after."""
    return kept_in(f"{request.path[:3]}{issue(place.serial, signer(keyring()))}/them")


@lru_cache(maxsize=len(Level))
def _face(level: int) -> Markup:
    """Return the drawing of a level, rendered once a process."""
    return Markup(render_template("survey/rating/_face.html", level=level))  # noqa: S704 - our own template


def _next_monday() -> date:
    return monday_of(local_date(arrived_at())) + timedelta(weeks=1)
