"""The page of a paper: a blank one from the cache, in the order of its attempt, or one with the typed answers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from string import ascii_uppercase
from typing import NamedTuple, TypeVar

from flask import render_template
from itsdangerous import URLSafeSerializer
from markupsafe import Markup, escape

from commune.queries.logos import digest_of
from core.clock import MILLISECOND
from core.crypto import new_key
from core.values.week import VIETNAM
from core.web import slots
from core.web.extensions import db, keyring
from core.web.form_tokens import form_token
from core.web.forms import CitizenForm
from core.web.language import content
from core.web.page_cache import CUT, cached_page, kept_page
from core.web.slots import slot
from quiz.attempt.forms.entry import PaperForm, paper_form, question_form
from quiz.attempt.queries import attempt as find
from quiz.attempt.queries.entrance import Entrance, OpenRound
from quiz.attempt.queries.paper import AskedQuestion, Paper, PaperPicture, order_of
from quiz.attempt.rules.order import Arranged
from quiz.contest.models import Contest
from quiz.contest.views import picture_address, picture_html

F = TypeVar("F", bound=CitizenForm)


class PaperHead(NamedTuple):
    """The head of a paper: its contest, the digest of the organiser's logo, the number and the name of its round, how
    long it takes, and how many questions it asks.
    """

    contest: Entrance | Contest
    logo: str | None
    number: int
    name: str
    limit_seconds: int
    size: int


class PaperClock(NamedTuple):
    """The clock of a paper, as values or as slots: the time left in milliseconds, in words and in % of the limit, the
    moment it was read, and the local time at which it ends.
    """

    remaining: object
    clock: object
    share: object
    made: object
    until: object


def fresh_paper_page(entrance: Entrance, round: OpenRound, paper: Paper, attempt: find.Begun, now: datetime) -> str:
    """Return an empty paper; its key, token, start, clock and the order of its questions differ between attempts."""
    end = min(attempt.started_at + timedelta(seconds=round.limit_seconds), round.closes_at)
    order, size = order_of(keyring(), round, paper, attempt.id), round.declared.asked(len(paper.questions))
    shown = PaperHead(entrance, entrance.logo, round.number, round.name, round.limit_seconds, size)
    return cached_page(
        ("quiz.paper", round.id),
        (paper.version, entrance.shown),
        lambda: _render_blank(shown, round, paper, slot("questions") if order else None),
        {
            "key": new_key(),
            "token": form_token(PaperForm),
            "start": signer().dumps(attempt.id.hex),
            **clock_at(end, round.limit_seconds, now)._asdict(),
            "questions": _in_order(entrance.slug, round, paper, order) if order else "",
            "last_week": _last_week(entrance, round),
        },
    )


def answered_paper_page(
    contest: Contest, attempt: find.Submittable, paper: Paper, form: PaperForm, now: datetime, *, saves: int = 0
) -> str:
    """Return the attempt's own *paper* with its answers and the reason why it is shown again.

    *saves* is how often the answers were kept, on a paper that is gone on with.
    """
    logo, size = digest_of(db.session, contest.unit_id), len(paper.questions)
    head = PaperHead(contest, logo, attempt.number, attempt.name, attempt.limit_seconds, size)
    last_week = Markup(_render_last_week(contest.id, attempt.number))  # noqa: S704 - a template
    clock = clock_at(attempt.ends_at, attempt.limit_seconds, now)
    return _render(head, form, _questions(form, paper, contest.slug), clock, last_week, saves)


def clock_at(end: datetime, limit_seconds: int, now: datetime) -> PaperClock:
    """Return the clock of a paper that ends at *end*, as the server reads it *now*."""
    left = remaining(end, now)
    minutes, seconds = divmod(-(-left // 1000), 60)
    share = min(100, left // (10 * limit_seconds))
    until = f"{end.astimezone(VIETNAM):%H:%M}"
    return PaperClock(left, f"{minutes}:{seconds:02}", share, find.milliseconds(now), until)


def _last_week(entrance: Entrance, round: OpenRound) -> Markup:
    """Return the number that was guessed at last, kept until a result is published or corrected."""
    kept = kept_page(
        ("quiz.last_week", round.id),
        (entrance.public, entrance.last_published),
        lambda: _render_last_week(entrance.id, round.number),
    )
    return Markup(kept.filled({}))  # noqa: S704 - rendered by a template


def _render_last_week(contest_id: int, number: int) -> str:
    return render_template("quiz/attempt/_last_week.html", contest_id=contest_id, number=number)


def remaining(end: datetime, now: datetime) -> int:
    """Return the milliseconds from *now* to *end*, at least 0."""
    return max(0, (end - now) // MILLISECOND)


def with_slots(form: F) -> F:
    """Return *form* with slots for its key and its token."""
    form.key.data = slot("key")
    form.form_token.current_token = slot("token")
    return form


def signer() -> URLSafeSerializer:
    """Return the signer of start tokens."""
    return URLSafeSerializer(keyring().key("start-token"), salt="attempt")


def _render_blank(shown: PaperHead, round: OpenRound, paper: Paper, asked: Markup | None) -> str:
    form = paper_form(paper, round.declared)
    form.process(formdata=None, start=slot("start"))
    clock = PaperClock(*map(slot, PaperClock._fields))
    return _render(
        shown, with_slots(form), asked or _questions(form, paper, shown.contest.slug), clock, slot("last_week")
    )


def _render(
    shown: PaperHead, form: PaperForm, asked: Markup, clock: PaperClock, last_week: Markup, saves: int = 0
) -> str:
    return render_template(
        "quiz/attempt/paper.html",
        contest=shown.contest,
        logo=shown.logo,
        round=shown,
        limit=shown.limit_seconds,
        size=shown.size,
        asked=asked,
        form=form,
        clock=clock,
        last_week=last_week,
        saves=saves,
    )


def _questions(form: PaperForm, paper: Paper, slug: str) -> Markup:
    """Return the questions of *paper* as HTML; those that the person is asked about are marked."""
    fields, size = [form[f"q{question.position}"] for question in paper.questions], len(paper.questions)
    pictures = {field.name: _shown_pictures(slug, each) for field, each in zip(fields, paper.questions, strict=True)}
    shown = {"questions": fields, "size": size, "pictures": pictures, "left": {f"q{place}" for place in form.left}}
    return Markup(render_template("quiz/attempt/_questions.html", **shown))  # noqa: S704 - a template


def _shown_pictures(slug: str, question: AskedQuestion) -> dict[str, Markup]:
    """Return the pictures of a question as HTML by the letters shown, "" for that of the question itself."""
    own = [("", question.pictures.get(""))]
    of_choices = [(letter, question.picture_of(letter)) for letter, _text in question.choices]
    return {letter: _picture(slug, each, letter) for letter, each in own + of_choices if each}


def _picture(slug: str, picture: PaperPicture, letter: str) -> Markup:
    address = picture_address(slug, picture.digest)
    return picture_html(address, picture.alt, picture.width, picture.height, is_choice=bool(letter))


def _in_order(slug: str, round: OpenRound, paper: Paper, order: Sequence[Arranged]) -> Markup:
    """Return the questions in *order*: each is rendered once per version; its place and choices are filled in."""
    kept = kept_page(("quiz.questions", round.id), paper.version, lambda: _render_open(slug, round, paper)).fragments
    open_questions = {question.position: parts for question, parts in zip(paper.questions, kept, strict=True)}
    asked = paper.arranged(order).questions
    filled = (
        slots.fill(open_questions[each.position], _shown(slug, question))
        for each, question in zip(order, asked, strict=True)
    )
    return Markup("".join(filled))  # noqa: S704 - rendered by a template, filled with escaped texts


def _shown(slug: str, question: AskedQuestion) -> dict[str, object]:
    """Return what fills the slots of a question that is rendered open."""
    texts: dict[str, object] = {_choice(letter): content(text) for letter, text in question.choices}
    for letter, picture in _shown_pictures(slug, question).items() if question.pictures else ():
        if letter:
            texts[_choice(letter)] = escape(texts[_choice(letter)]) + picture
    return texts | {"place": question.position}


def _render_open(slug: str, round: OpenRound, paper: Paper) -> str:
    """Render every question with slots for its place and for its choices, which are lettered by their places."""
    place, fields, pictures = slot("place"), [], []
    for question in paper.questions:
        letters = ascii_uppercase[: len(question.choices)]
        form = question_form(replace(question, choices=tuple((each, slot(_choice(each))) for each in letters)), place)
        form.process(formdata=None)
        fields.append(form[f"q{place}"])
        pictures.append(_shown_pictures(slug, replace(question, choices=())))
    size = round.declared.asked(len(paper.questions))
    return render_template(
        "quiz/attempt/_questions.html", questions=fields, size=size, cut=slot(CUT), open_pictures=pictures
    )


def _choice(letter: str) -> str:
    """Return the name of the slot of the choice that is shown as *letter*."""
    return f"choice_{letter.lower()}"
