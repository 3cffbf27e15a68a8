"""The measured submissions, request by request, for a test client or a socket."""

import re
import secrets
from collections.abc import Generator
from datetime import timedelta
from ipaddress import IPv4Address
from typing import NamedTuple

from flask import Flask

from bench.load import reference as bare
from core import clock
from core.crypto import Keyring, new_code, new_key
from core.values.week import local_date, monday_of
from core.web.extensions import db
from quiz.contest.operations.contest import QuestionText, set_questions
from survey.counter.models import Counter
from survey.counter.queries.printed import address_of
from survey.instrument.rules.quick import LEVEL
from survey.rating.models import OptionTally
from survey.rating.rules.channels import Channel
from tests.factories import make_contest, make_counter, make_participant, this_monday

HIDDEN = re.compile(r'<input[^>]*name="(key|form_token|csrf_token|start|code|ticket)"[^>]*value="([^"]*)"')
MORE = re.compile(r'<form class="more"[^>]*action="([^"]*)"')
RATED, ADDED = {"level": "5"}, {"comment": "Phục vụ tốt"}
ANSWERED = {f"q{number}": bare.RIGHT for number in range(1, bare.QUESTIONS + 1)} | {"guess": "480"}


class Ask(NamedTuple):
    """A request of *sender*: a GET without *data*, a POST with it; any other *status* in the reply is an error."""

    path: str
    data: dict[str, str] | None = None
    status: int = 200
    sender: str = "127.0.0.1"


Visit = Generator[Ask, str, None]
"""The requests of one submission; the text of each reply is sent into the generator."""


def hidden(page: str) -> dict[str, str]:
    """Return the hidden fields of a page."""
    return dict(HIDDEN.findall(page))


def view(path: str) -> Visit:
    """Open one page."""
    yield Ask(path)


def form(path: str) -> Visit:
    """Open the page of a rating, or of the bare form, and send it, each time from a browser and network of its own."""
    yield from _rate(path)


def form_and_more(path: str) -> Visit:
    """Do what `form` does, and send the second form of the page of thanks with a comment."""
    thanks = yield from _rate(path)
    found = MORE.search(thanks)
    assert found, thanks
    yield Ask(found[1], hidden(thanks) | ADDED, 201)


def _rate(path: str) -> Generator[Ask, str, str]:
    """Open and send the page; return the page of thanks."""
    page = yield Ask(path)
    sender = str(IPv4Address(secrets.randbits(32)))
    thanks = yield Ask(path, hidden(page) | RATED | {"device": new_key()}, 201, sender)
    return thanks


def paper(enter: str, submit: str, code: str) -> Visit:
    """Enter with a code, begin the paper, submit it."""
    page = yield Ask(enter)
    begun = yield Ask(enter, hidden(page) | {"code": code})
    yield Ask(submit, hidden(begun) | ANSWERED, 201)


def _course(counter: Counter) -> list[OptionTally]:
    """Return three busy weeks of *counter*, so that as many ratings as are measured are no burst."""
    this = monday_of(local_date(clock.now()))
    place = {"counter_id": counter.id, "channel": Channel.OPEN.value, "item": LEVEL, "option": "5"}
    return [OptionTally(**place, week=this - timedelta(weeks=ago), count=1_000_000) for ago in (1, 2, 3)]


class Submissions:
    """Makes visits to the product and to the reference, which both know enough codes for all papers."""

    def __init__(self, app: Flask, reference: Flask, papers: int) -> None:
        self._codes, self._bare_codes = ([new_code() for _ in range(papers)] for _ in range(2))
        bare.register(reference, self._bare_codes)
        with app.app_context():
            self._build(app.extensions["keyring"])

    def _build(self, keyring: Keyring) -> None:
        contest = make_contest(db.session, first_day=this_monday(), questions=0, shuffles=True)
        choices = [(letter, f"Phương án {letter}", letter == bare.RIGHT) for letter in bare.CHOICES]
        questions = [QuestionText(f"Câu hỏi số {at}?", choices) for at in range(1, bare.QUESTIONS + 1)]
        for round in contest.rounds:
            set_questions(db.session, round, questions, now=round.opens_at - timedelta(days=1))
        for number, code in enumerate(self._codes):
            make_participant(db.session, keyring, contest, name=f"Người {number}", code=code)
        counter = make_counter(db.session)
        self._rating = f"/q/{address_of(keyring, counter)}"
        db.session.add_all(_course(counter))
        self._contest = f"/thi/{contest.slug}"
        db.session.commit()

    def constant(self) -> Visit:
        """The reference's reply without any work."""
        return view("/constant")

    def bare_form(self) -> Visit:
        """The reference of a rating."""
        return form("/form")

    def rating(self) -> Visit:
        """A rating."""
        return form(self._rating)

    def bare_more(self) -> Visit:
        """The reference of a rating with a comment."""
        return form_and_more("/form")

    def more(self) -> Visit:
        """A rating, and a comment from its page of thanks."""
        return form_and_more(self._rating)

    def bare_paper(self) -> Visit:
        """The reference of a paper."""
        return paper("/enter", "/submit", self._bare_codes.pop())

    def paper(self) -> Visit:
        """A paper of a registered participant."""
        return paper(f"{self._contest}/vao-thi", f"{self._contest}/nop-bai", self._codes.pop())
