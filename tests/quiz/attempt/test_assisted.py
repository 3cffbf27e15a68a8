"""Assisted entry: a named helper, the paper at the limit, and the helper's papers counted for the review."""

import pytest
from sqlalchemy import select

from quiz.attempt.models import Attempt, AttemptEvidence, AttemptHelp
from quiz.attempt.operations.helpers import name_helper, purge_helpers
from quiz.attempt.queries.attempt import entry_value
from quiz.attempt.queries.helpers import list_helpers
from tests.factories import make_attempt, make_contest, this_monday
from tests.support.pages import Page
from tests.support.papers import register


@pytest.fixture
def round(session):
    return make_contest(session, questions=3, first_day=this_monday()).rounds[0]


def begin(client, round, code, helper):
    path = f"/thi/{round.contest.slug}/vao-thi"
    return client.post(path, data=dict(Page(client.get(path).text).form().filled(code=code, helper=helper)))


def test_a_named_helper_makes_the_paper_rank_at_the_limit(session, keyring, client, round):
    page = begin(client, round, register(session, keyring, round), "Ma Thị Hoa").text
    form = dict(Page(page).form().filled(q1="A", q2="A", q3="A", guess="10"))

    assert client.post(f"/thi/{round.contest.slug}/nop-bai", data=form).status_code == 201

    session.expire_all()
    attempt = session.scalars(select(Attempt)).one()
    assert attempt.mode == "assisted"
    assert entry_value(attempt, 10).duration_ms == round.limit_seconds * 1000
    assert b"Hoa" not in session.scalars(select(AttemptHelp)).one().sealed


def test_naming_a_helper_hides_no_device_from_the_review(session, keyring, client, round):
    begin(client, round, register(session, keyring, round), "Ma Thị Hoa")

    assert session.scalars(select(AttemptEvidence)).one().device_hash


def test_a_helper_named_on_a_second_device_stays_named(session, keyring, client, round):
    code = register(session, keyring, round)
    for helper in ("", "Ma Thị Hoa", "", "Ai khác"):
        begin(client, round, code, helper)

    assert session.scalars(select(Attempt)).one().mode == "assisted"
    assert session.scalars(select(AttemptHelp)).one() is not None


def test_helpers_are_counted_by_name_with_their_perfect_papers(session, keyring, round):
    for name, right in (("Ma Thị Hoà", 3), ("ma thị hòa", 2), ("Lù Văn Páo", 3)):
        attempt = make_attempt(session, keyring, round, correct=right, started_at=round.opens_at)
        name_helper(session, keyring, attempt.id, name)

    found = [(each.name.casefold()[:5], each.papers, each.perfect) for each in list_helpers(session, keyring, round)]

    assert found == [("ma th", 2, 1), ("lù vă", 1, 1)]


def test_a_helper_named_after_the_submission_changes_nothing_of_the_rank(session, keyring, round):
    attempt = make_attempt(session, keyring, round, started_at=round.opens_at)

    name_helper(session, keyring, attempt.id, "Ma Thị Hoa")

    session.expire_all()
    assert session.get_one(Attempt, attempt.id).mode == "self"


def test_a_helper_with_letters_of_another_script_is_asked_again(session, keyring, client, round):
    reply = begin(client, round, register(session, keyring, round), "Mа Thị")

    assert reply.status_code == 422
    assert session.scalars(select(Attempt)).all() == []


def test_names_of_helpers_go_after_90_days(session, keyring, round):
    attempt = make_attempt(session, keyring, round, started_at=round.opens_at)
    name_helper(session, keyring, attempt.id, "Ma Thị Hoa")

    assert purge_helpers(session, round.opens_at.date()) == 0
    assert purge_helpers(session, round.opens_at.date().replace(year=round.opens_at.year + 1)) == 1
