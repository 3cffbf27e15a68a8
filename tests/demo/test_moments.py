"""Loading at odd moments of the week, on both databases, and the tools for inventing things."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from core.values.week import VIETNAM
from demo.bank import read_bank
from demo.chance import Chance, apportion
from demo.papers import human_guess
from demo.today import load_today
from demo.units import get_units
from demo.world import World
from quiz.attempt.models import Attempt
from quiz.contest.models import Round
from quiz.contest.queries import find_contest, phase_of
from quiz.contest.rules.schedule import Phase


def load_at(session, keyring, text: str) -> datetime:
    now = datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
    world = World(session, keyring, Chance(7), now, lambda _: None)
    load_today(world, get_units(session))
    return now


@pytest.mark.parametrize(
    ("now", "first_week", "begun"),
    [
        ("2026-11-16T00:00:00", Phase.ENDED, 0),
        ("2026-11-16T00:01:00", Phase.CLOSED, 0),
        ("2026-11-16T11:59:59", Phase.CLOSED, 48),
        ("2026-11-22T23:59:59", Phase.PUBLISHED, 180),
    ],
)
def test_the_demo_loads_at_the_edges_of_a_week(session, keyring, now, first_week, begun):
    moment = load_at(session, keyring, now)

    contest = find_contest(session, "cai-cach-hanh-chinh-2026")
    first, second = contest.rounds[2:4]
    assert (phase_of(first, moment), phase_of(second, moment)) == (first_week, Phase.OPEN)
    assert session.scalar(select(func.count(Attempt.id)).where(Attempt.round_id == second.id)) == begun


@pytest.mark.both_databases
def test_no_demo_time_is_in_the_future(session, keyring):
    now = load_at(session, keyring, "2026-11-18T03:00:00")

    assert session.scalar(select(func.max(Attempt.submitted_at))) <= now
    assert session.scalar(select(func.max(Round.closed_at))) <= now


@pytest.mark.parametrize(("now", "wrong"), [("hôm qua", "xin ghi như"), ("2025-12-01", "từ giữa tháng 7/2026")])
def test_an_unusable_moment_is_refused_in_words(app, now, wrong):
    done = app.test_cli_runner().invoke(args=["demo", "load", "--now", now])

    assert done.exit_code == 2
    assert wrong in done.output


@given(st.integers(0, 10_000), st.lists(st.floats(0.1, 100), min_size=1, max_size=12))
def test_parts_add_up_to_the_whole(total, weights):
    assert sum(apportion(total, weights)) == total


@given(st.integers(1, 2_000), st.integers())
def test_a_guess_is_at_least_one(answer, seed):
    assert human_guess(Chance(seed), answer) >= 1


def test_the_same_seed_gives_the_same_ids_and_codes():
    one, other = Chance(1), Chance(1)

    assert (one.id(), one.code()) == (other.id(), other.code())


@pytest.mark.parametrize("name", ["common", "in_2023", "in_2026", "digital"])
def test_every_question_has_one_right_choice_and_its_reason(name):
    questions = read_bank(name)

    assert len(questions) >= 10
    assert all(sum(choice.is_right for choice in question.choices) == 1 for question in questions)
    assert all((question.explanation or question.source).endswith(".") for question in questions)


def test_no_question_is_asked_under_two_names():
    texts = [question.text for question in read_bank("common", "in_2023", "in_2026", "digital")]

    assert len(texts) == len(set(texts))
