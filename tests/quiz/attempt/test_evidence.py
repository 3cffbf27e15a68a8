"""The evidence of an attempt: a device's value and an address as keyed hashes, apart from the attempt, for 14 days."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from core import clock
from core.crypto import new_code
from core.values.week import local_date
from quiz.attempt.models import Attempt, AttemptEvidence
from quiz.attempt.operations import attempt as operations
from quiz.attempt.operations.evidence import purge_evidence, trace_of
from tests.factories import MONDAY, make_contest, make_participant, this_monday
from tests.support.pages import Page

HOME = "203.0.113.7"


@pytest.fixture
def week(session):
    contest = make_contest(session, first_day=this_monday())
    session.commit()
    return contest.rounds[0]


def begin(client, session, keyring, week, **more):
    """Begin a paper as a new participant; return the reply."""
    code, path = new_code(), f"/thi/{week.contest.slug}/vao-thi"
    make_participant(session, keyring, week.contest, code=code)
    session.commit()
    form = Page(client.get(path).text).form()
    return client.post(path, data=dict(form.filled(code=code)), **more)


def evidence(session):
    session.expire_all()
    return list(session.scalars(select(AttemptEvidence)))


def test_beginning_a_paper_sets_one_cookie_that_no_script_or_other_site_can_read(client, session, keyring, week):
    before = client.get(f"/thi/{week.contest.slug}/vao-thi").headers

    cookies = begin(client, session, keyring, week).headers.getlist("Set-Cookie")

    assert "Set-Cookie" not in before
    assert len(cookies) == 1
    assert re.fullmatch(
        r"thiet_bi=[\w-]{22}; Expires=[^;]+; Max-Age=1209600; HttpOnly; Path=/thi; SameSite=Strict", cookies[0]
    )


def test_two_people_on_one_device_have_the_same_hash_and_no_second_cookie(client, session, keyring, week):
    begin(client, session, keyring, week)

    second = begin(client, session, keyring, week)

    one, other = evidence(session)
    assert "Set-Cookie" not in second.headers
    assert (one.device_hash, one.address_hash) == (other.device_hash, other.address_hash)


@pytest.mark.parametrize("cookie", ["", "x", "a" * 23, "ủ" * 22, "' OR 1=1 -- 0123456789"])
def test_a_browser_without_a_usable_cookie_takes_part_and_counts_as_a_new_device(
    client, session, keyring, week, cookie
):
    begin(client, session, keyring, week)
    client.delete_cookie("thiet_bi", path="/thi")
    client.set_cookie("thiet_bi", cookie, path="/thi")

    reply = begin(client, session, keyring, week)

    one, other = evidence(session)
    assert reply.status_code == 200
    assert one.device_hash != other.device_hash
    assert one.address_hash == other.address_hash


def test_a_forwarded_address_counts_from_a_trusted_proxy_alone(client, session, keyring, week):
    begin(client, session, keyring, week)

    begin(client, session, keyring, week, headers={"X-Forwarded-For": HOME}, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    begin(client, session, keyring, week, environ_base={"REMOTE_ADDR": "192.0.2.9"})

    found = [row.address_hash for row in evidence(session)]
    assert len(set(found)) == 2


def test_neither_address_nor_cookie_is_stored_as_it_came(client, session, keyring, week):
    reply = begin(client, session, keyring, week, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    token = re.match(r"thiet_bi=([\w-]+)", reply.headers["Set-Cookie"])[1]

    [row] = session.execute(text("SELECT * FROM quiz_attempt_evidence")).all()

    assert not any(secret in repr(row) for secret in ("192.0.2.9", token))


def test_a_device_has_another_hash_in_another_round(keyring):
    first, second = (trace_of(keyring, number, device="d", address=HOME) for number in (1, 2))

    assert not {*first} & {*second}
    assert first == trace_of(keyring, 1, device="d", address=HOME)


@pytest.mark.both_databases
def test_a_called_off_contest_leaves_neither_attempt_nor_evidence(session, keyring, week):
    person = make_participant(session, keyring, week.contest)
    week.contest.called_off_at, week.contest.called_off_why = MONDAY, "Mưa lũ"
    session.commit()
    trace = trace_of(keyring, week.id, device="d", address=HOME)

    with pytest.raises(operations.RoundNotOpen):
        operations.start_attempt(session, week, person, now=clock.now(), trace=trace)
    session.rollback()

    assert session.scalar(select(func.count()).select_from(Attempt)) == 0
    assert evidence(session) == []


@pytest.mark.both_databases
def test_evidence_is_deleted_after_fourteen_days_and_the_attempt_stays(session, keyring, week):
    now = clock.now()
    people = [make_participant(session, keyring, week.contest) for _ in range(2)]
    trace = trace_of(keyring, week.id, device="d", address=HOME)
    for person in people:
        operations.start_attempt(session, week, person, now=now, trace=trace)
    first = session.scalars(select(AttemptEvidence)).first()
    first.begun_at = now - timedelta(days=15)
    session.flush()

    removed = purge_evidence(session, local_date(now))

    assert (removed, len(evidence(session))) == (1, 1)
    assert session.scalar(select(func.count()).select_from(Attempt)) == 2


@pytest.mark.both_databases
def test_deleting_an_attempt_deletes_its_evidence(session, keyring, week):
    person = make_participant(session, keyring, week.contest)
    trace = trace_of(keyring, week.id, device="d", address=HOME)
    begun = operations.start_attempt(session, week, person, now=clock.now(), trace=trace)

    session.execute(text("DELETE FROM quiz_attempt"))

    assert begun.ordinal == 1
    assert evidence(session) == []


def test_only_the_review_and_the_persons_own_copy_read_the_evidence():
    root = Path(__file__).resolve().parents[3]
    files = [file for room in ("quiz", "report", "privacy", "account") for file in (root / room).rglob("*.py")]

    readers = {str(file.relative_to(root)) for file in files if "AttemptEvidence" in file.read_text()}

    assert readers == {
        "quiz/attempt/models.py",
        "quiz/attempt/operations/evidence.py",
        "quiz/persons/queries/held.py",
        "quiz/results/operations/cluster_evidence.py",
        "quiz/results/queries/reviewed.py",
    }
