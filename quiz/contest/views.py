"""The blueprint of a contest's public pages; the wings add their pages to it."""

from typing import Protocol

from flask import Blueprint, Response, abort, redirect, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as WerkzeugResponse

from core.values.text import clean
from core.web.access import scope_of
from core.web.arrival import arrived_at
from core.web.error_links import BackLink
from core.web.extensions import db, settings
from core.web.pictures import picture_reply
from quiz.bank.models import QuestionPicture
from quiz.bank.rules.parsed import PictureRef
from quiz.bank.rules.pictures import fitted
from quiz.contest import queries as contests
from quiz.contest.labels.guesses import GuessWords, guess_words
from quiz.contest.labels.prizes import prize_name
from quiz.contest.labels.rounds import Named, round_name, round_words
from quiz.contest.models import Contest
from quiz.contest.queries.pictures import find_asked_picture
from quiz.contest.rules.presets import Rules

blueprint = Blueprint("quiz", "quiz", url_prefix="/thi")
short = Blueprint("quiz_short", "quiz_short", url_prefix="/t")
"""Addresses to be typed: they are printed, so they stay (decision 0101)."""
SENT = "da-gui"
"""The parameter by which the look-up of a paper knows that somebody opened the address of one that was sent."""


class Pictured(Protocol):
    """A revision or a choice, which may hold a picture."""

    @property
    def image_alt(self) -> str: ...
    @property
    def picture(self) -> QuestionPicture | None: ...


def contest_or_404(slug: str) -> Contest:
    """Return the contest at *slug* as the public sees it, else abort with 404."""
    return contests.find_shown_contest(db.session, slug, arrived_at()) or abort(404)


@short.get("/<int:number>")
def lead(number: int) -> WerkzeugResponse:
    """Lead from the short address of a contest to its page."""
    found = contests.find_shown_contest(db.session, number, arrived_at()) or abort(404)
    return redirect(url_for("quiz.contest", slug=found.slug))


@short.get("/<int:number>/thoi")
def lead_to_stop(number: int) -> WerkzeugResponse:
    """Lead from the short address in a text message to the page that stops further ones."""
    found = contests.find_shown_contest(db.session, number, arrived_at()) or abort(404)
    return redirect(url_for("quiz.stop_texts", slug=found.slug))


def typed_address(contest: Contest) -> str:
    """Return the short address of *contest* as people type it."""
    return f"{settings().public_host}{url_for('quiz_short.lead', number=contest.id, lang=None)}"


@blueprint.get("/<slug>/hinh/<string(length=64):digest>.webp")
def picture(slug: str, digest: str) -> Response:
    """Send a picture of a question once a round that asks it has opened; the address says nothing of its place."""
    contest = contests.find_shown_contest(db.session, slug, arrived_at()) or _trial_or_404(slug)
    found = find_asked_picture(db.session, contest, digest, arrived_at()) or abort(404)
    return picture_reply(found.data, "image/webp", digest, is_public=False)


def _trial_or_404(slug: str) -> Contest:
    """Return the trial at *slug* for its organisers, who take a paper of it as a participant would."""
    found = contests.find_contest(db.session, slug, scope_of("contest.manage"))
    return found if found is not None and found.is_trial else abort(404)


def picture_html(address: str, alt: str, width: int, height: int, *, is_choice: bool) -> Markup:
    """Return a picture as HTML with the size that it takes, so that nothing moves when it comes."""
    wide, high = fitted(width, height, is_choice=is_choice)
    tag = '<img class="pic" src="{}" alt="{}" width="{}" height="{}" loading="lazy" decoding="async">'
    return Markup(tag).format(address, clean(alt), wide, high)  # noqa: S704 - a fixed text, filled with escaped values


def picture_address(slug: str, digest: str) -> str:
    """Return the public address of a picture, the same in every language."""
    return url_for("quiz.picture", slug=slug, digest=digest, lang=None)


@blueprint.app_template_global("question_picture")
def _picture(slug: str, holder: Pictured, *, is_choice: bool = False) -> Markup | str:
    """Return the picture of a revision or a choice as HTML; "" without one."""
    shown = holder.picture
    if shown is None:
        return ""
    address = picture_address(slug, shown.digest)
    return picture_html(address, holder.image_alt, shown.width, shown.height, is_choice=is_choice)


@blueprint.app_template_global("bank_picture")
def _bank_picture(slug: str, ref: PictureRef | None) -> Markup | str:
    """Return a picture of a bank as HTML for its organisers; "" without one."""
    if ref is None:
        return ""
    address = url_for("quiz_manage.bank_picture", slug=slug, digest=ref.digest, lang=None)
    return Markup('<img class="pic" src="{}" alt="{}">').format(address, ref.alt)


def back_link(slug: str) -> BackLink | None:
    """Return the public page of a contest, for error pages below its address."""
    found = contests.find_shown_contest(db.session, slug, arrived_at())
    return BackLink(found.title, url_for("quiz.contest", slug=slug), found.hotline) if found else None


@blueprint.app_template_global("round_name")
def _round_name(round: Named) -> str:
    return round_name(round)


@blueprint.app_template_global("guess_words")
def _guess_words(rules: Rules, people: int | None) -> GuessWords:
    return guess_words(rules, people)


@blueprint.app_template_filter("prize")
def _prize(name: str, contest: Contest) -> str:
    return prize_name(name, contest)


@blueprint.app_template_global("round_words")
def _round_words(round: Named) -> str:
    return round_words(round)
