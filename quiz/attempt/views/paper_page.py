"""The page of a paper: a blank one from the cache, in the order of its attempt, or one with the typed answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from string import ascii_uppercase
from typing import NamedTuple, TypeVar

from flask import render_template
from itsdangerous import URLSafeSerializer
from markupsafe import Markup

from core.clock import MILLISECOND
from core.crypto import new_key
from core.values.dates import duration
from core.web import slots
from core.web.extensions import keyring
from core.web.forms import CitizenForm, form_token
from core.web.page_cache import CUT, cached_page, kept_page
from core.web.slots import slot
from quiz.attempt.forms.entry import PaperForm, paper_form, question_form
from quiz.attempt.queries import attempt as find
from quiz.attempt.queries.entrance import Entrance, OpenRound
from quiz.attempt.queries.paper import AskedQuestion, Paper, order_of
from quiz.attempt.rules.order import Arranged
from quiz.contest.models import Contest

F = TypeVar("F", bound=CitizenForm)


class PaperHead(NamedTuple):
    """The head of a paper: its contest and the number of its round."""

    contest: Entrance | Contest
    number: int


def fresh_paper_page(entrance: Entrance, round: OpenRound, paper: Paper, attempt: find.Begun, now: datetime) -> str:
    """Return an empty paper; its key, token, start, clock and the order of its questions differ between attempts."""
    remaining_ms = remaining(min(attempt.started_at + timedelta(seconds=round.limit_seconds), round.closes_at), now)
    order, shown = order_of(keyring(), round, paper, attempt.id), PaperHead(entrance, round.number)
    return cached_page(
        ("quiz.paper", round.id),
        (paper.version, entrance),
        lambda: _render_blank(shown, round, paper, slot("questions") if order else None),
        {
            "key": new_key(),
            "token": form_token(PaperForm),
            "start": signer().dumps(attempt.id.hex),
            "remaining": remaining_ms,
            "clock": duration(remaining_ms),
            "made": find.milliseconds(now),
            "questions": _in_order(round, paper, order) if order else "",
        },
    )


def answered_paper_page(
    contest: Contest, attempt: find.Submittable, paper: Paper, form: PaperForm, now: datetime
) -> str:
    """Return the attempt's own *paper* with its answers and the reason why it is shown again."""
    remaining_ms = remaining(attempt.ends_at, now)
    clock = {"remaining_ms": remaining_ms, "clock": duration(remaining_ms), "made_ms": find.milliseconds(now)}
    return _render(PaperHead(contest, attempt.number), form, _questions(form, paper), clock)


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
    form = paper_form(paper, round.declared.guess_target)
    form.process(formdata=None, start=slot("start"))
    clock = {"remaining_ms": slot("remaining"), "clock": slot("clock"), "made_ms": slot("made")}
    return _render(shown, with_slots(form), asked or _questions(form, paper), clock)


def _render(shown: PaperHead, form: PaperForm, asked: Markup, clock: Mapping[str, object]) -> str:
    return render_template(
        "quiz/attempt/paper.html", contest=shown.contest, number=shown.number, asked=asked, form=form, **clock
    )


def _questions(form: PaperForm, paper: Paper, cut: str = "") -> Markup:
    """Return the questions of *paper* as HTML, with *cut* between them."""
    fields = [form[f"q{question.position}"] for question in paper.questions]
    return Markup(render_template("quiz/attempt/_questions.html", questions=fields, cut=cut))  # noqa: S704 - a template


def _in_order(round: OpenRound, paper: Paper, order: Sequence[Arranged]) -> Markup:
    """Return the questions in *order*: each is rendered once per version; its place and choices are filled in."""
    kept = kept_page(("quiz.questions", round.id), paper.version, lambda: _render_open(paper)).fragments
    open_questions = {question.position: parts for question, parts in zip(paper.questions, kept, strict=True)}
    asked = paper.arranged(order).questions
    filled = (
        slots.fill(open_questions[each.position], _shown(question)) for each, question in zip(order, asked, strict=True)
    )
    return Markup("".join(filled))  # noqa: S704 - rendered by a template, filled with escaped texts


def _shown(question: AskedQuestion) -> dict[str, object]:
    """Return what fills the slots of a question that is rendered open."""
    texts: dict[str, object] = {_choice(letter): text for letter, text in question.choices}
    return texts | {"place": question.position}


def _render_open(paper: Paper) -> str:
    """Render every question with slots for its place and for its choices, which are lettered by their places."""
    place, fields = slot("place"), []
    for question in paper.questions:
        letters = ascii_uppercase[: len(question.choices)]
        form = question_form(replace(question, choices=tuple((each, slot(_choice(each))) for each in letters)), place)
        form.process(formdata=None)
        fields.append(form[f"q{place}"])
    return render_template("quiz/attempt/_questions.html", questions=fields, cut=slot(CUT))


def _choice(letter: str) -> str:
    """Return the name of the slot of the choice that is shown as *letter*."""
    return f"choice_{letter.lower()}"
