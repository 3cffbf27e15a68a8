"""Practise with the questions of a published round: the answer at once, nothing stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request, url_for

from core.web.arrival import arrived_at
from core.web.extensions import db
from core.web.reply_cache import keep_reply, public_version
from quiz.attempt.rules.scoring import is_right
from quiz.boards.rules.own_place import Arc, ring
from quiz.boards.rules.practice import OPEN, RIGHT, Practice, read_practice
from quiz.boards.views.round import MANY_WEEKS
from quiz.contest import queries as contests
from quiz.contest.labels.rounds import round_name
from quiz.contest.models import Contest, Round, RoundQuestion
from quiz.contest.rules.schedule import Phase
from quiz.contest.views import blueprint, contest_or_404

PLACE, CHOSEN, MARKS, ASKED = "cau", "chon", "da", "xem"
"""The parameters of the address: the question that is shown, the letters chosen, the marks so far, the button."""


@dataclass(frozen=True)
class Stop:
    """A question in the row of stops: its place, its address, and how it was answered."""

    place: int
    address: str
    is_right: bool
    is_wrong: bool
    is_here: bool


@dataclass(frozen=True)
class PracticePage:
    """A question to practise with; `chosen` is None before an answer."""

    question: RoundQuestion
    practice: Practice
    stops: Sequence[Stop]
    chosen: frozenset[str] | None
    lacks_choice: bool
    next_address: str

    @property
    def is_right(self) -> bool:
        """Whether the chosen letters are the right ones."""
        return self.chosen == self.question.key

    @property
    def arcs(self) -> Sequence[Arc]:
        """The arcs of the ring of marks."""
        return ring([mark == RIGHT for mark in self.practice.marks])

    @property
    def asks_several(self) -> bool:
        """Whether several choices are right."""
        return len(self.question.revision.key) > 1


@blueprint.get("/<slug>/tuan/<int:number>/luyen-tap")
def practise(slug: str, number: int) -> str:
    """Show a question of a published round, and after an answer what is right and by which law; 404 before."""
    version = public_version()
    contest = contest_or_404(slug)
    round = contests.find_round(db.session, contest, number) or abort(404)
    published = _published(contest)
    questions = [each for each in round.questions if not each.is_void]
    if round not in published or not questions:
        abort(404)
    practice = read_practice(len(questions), request.args.get(PLACE, ""), request.args.get(MARKS, ""))
    if practice.answered == 0 and ASKED not in request.args:
        keep_reply(version=version, query={PLACE: practice.place} if PLACE in request.args else None)
    page = _page(round, questions[practice.place - 1], practice)
    shown = {"contest": contest, "round": round, "page": page, "weeks": _switch(round, published)}
    return render_template("quiz/boards/practice.html", **shown)


def _published(contest: Contest) -> list[Round]:
    now = arrived_at()
    return [each for each in contest.rounds if contests.phase_of(each, now) is Phase.PUBLISHED]


def _switch(round: Round, published: list[Round]) -> list[tuple[str, str, bool]]:
    """Return the published rounds to practise with: words, address, whether it is shown now."""
    has_room = len(published) < MANY_WEEKS
    return [
        (
            round_name(each) if has_room else str(each.number),
            url_for("quiz.practise", slug=each.contest.slug, number=each.number),
            each is round,
        )
        for each in published
    ]


def _page(round: Round, question: RoundQuestion, practice: Practice) -> PracticePage:
    known = {choice.letter for choice in question.choices}
    chosen = frozenset(request.args.getlist(CHOSEN)) & known if ASKED in request.args else frozenset()
    if chosen:
        practice = practice.marked(is_right(chosen, question.key, is_void=False))
    following = practice.next_place
    return PracticePage(
        question=question,
        practice=practice,
        stops=[_stop(round, practice, place) for place in range(1, practice.size + 1)],
        chosen=chosen or None,
        lacks_choice=ASKED in request.args and not chosen,
        next_address=_address(round, practice, following) if following else "",
    )


def _stop(round: Round, practice: Practice, place: int) -> Stop:
    mark, address = practice.marks[place - 1], _address(round, practice, place)
    return Stop(place, address, mark == RIGHT, mark not in (RIGHT, OPEN), place == practice.place)


def _address(round: Round, practice: Practice, place: int) -> str:
    asked: dict[str, Any] = {PLACE: place} | ({MARKS: practice.marks} if practice.answered else {})
    return url_for("quiz.practise", slug=round.contest.slug, number=round.number, **asked)
