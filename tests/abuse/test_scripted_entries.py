"""A script with invented phones and perfect papers: it takes part, and wins nothing where the contest says who may."""

import os
from datetime import timedelta

import pytest

from account.operations.audit import SYSTEM
from core import clock
from core.crypto import new_key
from quiz.contest.models import Participant
from quiz.contest.rules.presets import Eligibility
from quiz.contest.rules.prizes import Tier
from quiz.contest.rules.schedule import SETTLING
from quiz.results.operations.closing import publish_round, rank_round
from quiz.results.queries.result import list_winners
from tests.factories import make_attempt, make_participant
from tests.support.served import round_of

SCRIPTED = 300 if os.environ.get("LONG") else 40
PRIZES = (Tier("Giải Nhất", 1), Tier("Giải Nhì", 2), Tier("Giải Ba", 3))
DAY = timedelta(days=1)


def spelled(number):
    """Return a number in letters, since a name has no digits."""
    return "".join("abcdeghikl"[int(digit)] for digit in f"{number:03}")


def attack(served, visitor, slug):
    """Register as invented people and hand in a perfect paper of each, as fast as the server answers."""
    path = f"/thi/{slug}"
    form = visitor.get(f"{path}/dang-ky").page.form("gui")
    for number in range(SCRIPTED):
        facts = {"name": f"Lò Văn {spelled(number)}", "phone": f"0388{number:06}", "birth_year": 1970, "consent": "y"}
        registered = visitor.post(f"{path}/dang-ky", form.filled(key=new_key(), **facts))
        assert registered.status == 201, registered.text
        paper = visitor.post(f"{path}/vao-thi", registered.page.form("vao-thi").pairs).page.form("nop-bai")
        sent = visitor.post(paper.action, paper.filled(q1="A", q2="A", q3="A", guess=SCRIPTED))
        assert sent.status == 201, sent.text


def close_and_publish(served, slug):
    """Close the contest's week, and publish it once the declared days of calling are over, without a single call."""
    moment = clock.now() + DAY
    served.change_round(slug, closes_at=moment, results_at=moment)
    with served.session() as session:
        round = round_of(session, slug)
        result = rank_round(session, round, now=moment + SETTLING)
        seats = [(each.tier, each.state, each.participant.may_be_child) for each in list_winners(session, result)]
        when = publish_round(session, SYSTEM, round, reason="", now=moment + SETTLING + 2 * DAY)
        figures = (result.people, result.perfect, result.target)
    return figures, seats, when - moment


def honest(served, slug, **person):
    """Hand in a perfect paper of an honest participant, who guesses right; return their id."""
    with served.session() as session:
        round = round_of(session, slug)
        found = make_participant(session, served.keyring, round.contest, name="Bàn Thị Chi", **person)
        make_attempt(session, served.keyring, round, participant=found, seconds=90, guess=1)
        return found.id


@pytest.mark.both_databases
def test_without_confirmation_a_script_is_counted_and_neither_ranked_nor_guessed_at(served, visitor):
    slug = served.new_contest(tiers=PRIZES, eligibility=Eligibility.CARD, call_days=2)
    own = honest(served, slug)
    with served.session() as session:
        session.get_one(Participant, own).confirmed_at = clock.now()

    attack(served, visitor, slug)
    figures, seats, _waited = close_and_publish(served, slug)

    assert figures == (SCRIPTED + 1, SCRIPTED + 1, 1)
    assert seats == [("Giải Nhất", "confirmed", False)]


def test_with_calls_a_script_wins_nothing_and_holds_up_nothing(served, visitor):
    slug = served.new_contest(tiers=PRIZES, most_sharing=3, call_days=2)

    attack(served, visitor, slug)
    figures, seats, waited = close_and_publish(served, slug)

    assert figures[0] == SCRIPTED
    assert [state for _tier, state, _child in seats] == ["pending"] * 6
    assert waited == SETTLING + 2 * DAY
