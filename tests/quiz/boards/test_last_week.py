"""A paper shows the number that was guessed a week ago, without a statement for it and without stale figures."""

from datetime import timedelta

import pytest

from core import clock
from core.data_version import PUBLIC, renew_version
from quiz.contest.rules.presets import GuessTarget
from quiz.results.models import Result
from quiz.results.operations.closing import mark_published, rank_round
from tests.factories import make_attempt, make_contest, this_monday
from tests.support.pages import Page
from tests.support.papers import begin, register

HOUR, WEEK = timedelta(hours=1), timedelta(weeks=1)


def two_weeks(session, keyring, **declared):
    """Return a contest whose first week is over, with three papers of which one is right, and whose second is open."""
    contest = make_contest(session, first_day=this_monday() - WEEK, **declared)
    for right in (3, 2, 1):
        make_attempt(session, keyring, contest.rounds[0], correct=right)
    rank_round(session, contest.rounds[0], now=contest.rounds[0].closes_at + HOUR)
    session.commit()
    return contest


def publish(session, round, at):
    mark_published(session, round, now=at)
    round.published_at = at
    renew_version(session, PUBLIC)
    session.commit()


@pytest.fixture
def contest(session, keyring):
    return two_weeks(session, keyring)


def paper(client, session, keyring, contest):
    return Page(begin(client, contest.rounds[1], register(session, keyring, contest.rounds[1]))).text


def test_the_guess_has_last_weeks_number_beside_it(client, session, keyring, contest):
    publish(session, contest.rounds[0], clock.now())

    text = paper(client, session, keyring, contest)

    assert "Tuần 1: cứ 100 người thi thì 33 người đúng hết (1 trong 3)." in text


def test_a_paper_has_no_count_of_its_own_week(client, session, keyring, contest, monkeypatch):
    publish(session, contest.rounds[0], clock.now())
    for _ in range(17):
        make_attempt(session, keyring, contest.rounds[1], started_at=contest.rounds[1].opens_at + HOUR)
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: contest.rounds[1].opens_at + timedelta(days=3))

    text = paper(client, session, keyring, contest)

    assert "1 trong 3" in text
    assert "17" not in text


def test_where_people_guess_participants_their_number_is_shown(client, session, keyring):
    contest = two_weeks(session, keyring, guess_target=GuessTarget.PEOPLE)
    publish(session, contest.rounds[0], clock.now())

    assert "Tuần 1 có 3 người dự thi." in paper(client, session, keyring, contest)


def test_nothing_is_shown_before_the_publication_and_it_comes_at_its_hour(
    client, session, keyring, contest, monkeypatch
):
    now = clock.now()
    publish(session, contest.rounds[0], now + timedelta(minutes=2))

    before = paper(client, session, keyring, contest)
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=3))
    after = paper(client, session, keyring, contest)

    assert ("Tuần 1:" in before, "Tuần 1:" in after) == (False, True)


def test_a_correction_is_on_the_next_paper(client, session, keyring, contest):
    publish(session, contest.rounds[0], clock.now())
    before = paper(client, session, keyring, contest)
    session.query(Result).one().target = 2
    renew_version(session, PUBLIC)
    session.commit()

    after = paper(client, session, keyring, contest)

    assert "(1 trong 3)" in before
    assert "(2 trong 3)" in after


def test_it_costs_a_paper_no_statement(client, session, keyring, contest, count_queries):
    publish(session, contest.rounds[0], clock.now())
    round = contest.rounds[1]
    begin(client, round, register(session, keyring, round))
    code, slug = register(session, keyring, round), round.contest.slug
    form = Page(client.get(f"/thi/{slug}/vao-thi").text).form()
    count_queries.clear()

    page = client.post(f"/thi/{slug}/vao-thi", data=dict(form.filled(code=code)))

    assert "(1 trong 3)" in page.text
    assert not [each for each in count_queries if "quiz_result" in str(each)]


def test_an_act_of_staff_leaves_the_questions_kept(app, client, session, keyring, contest, monkeypatch):
    publish(session, contest.rounds[0], clock.now())
    paper(client, session, keyring, contest)
    renew_version(session, PUBLIC)
    session.commit()
    rendered = []
    monkeypatch.setattr(
        "quiz.attempt.views.paper_page.render_template", lambda name, **_given: rendered.append(name) or ""
    )

    paper(client, session, keyring, contest)

    assert rendered == ["quiz/attempt/_last_week.html"]
