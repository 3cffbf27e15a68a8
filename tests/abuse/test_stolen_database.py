"""F26: a stolen database, dump, backup or log reveals no participant's phone and name."""

import logging
import random
import tarfile
from datetime import timedelta

import pytest
from sqlalchemy import make_url, text

from account.operations.approval import ask
from account.operations.audit import SYSTEM, Actor, record
from core import backup, backup_encryption
from core.crypto import new_code
from core.jobs.queue import Order, enqueue
from core.jobs.results import store_file
from core.messages.outbox import post_sms
from core.person_keys import find_person
from core.sheets.memory import keep_draft
from core.values.text import fold
from core.web.extensions import db
from privacy.manage.approval import details_of
from privacy.operations.audit_subjects import of_request
from privacy.operations.requests import Asker, receive_request
from privacy.rules.actions import PrivacyAction
from privacy.rules.deadlines import Kind
from quiz.contest.operations.audit_subjects import of_round
from quiz.contest.operations.registration import Identity, register_participant
from quiz.persons.queries.participants import show_participants
from tests.factories import MONDAY, make_account, make_attempt, make_contest, make_participant
from tests.quiz.persons.test_consent import publish

pytestmark = pytest.mark.both_databases

PEOPLE = 1000
TRACES = (
    "core_sheet_draft", "core_job", "core_job_part", "core_message", "account_audit", "account_approval",
    "privacy_request",
)  # fmt: skip
SYLLABLES = (
    "Khuếch", "Ngoạch", "Xuyến", "Thoắt", "Khuya", "Nguệch", "Huỳnh", "Quýnh", "Choẹt", "Loắt", "Ngoèo", "Tuyệt",
    "Khoái", "Ruỳnh",
)  # fmt: skip


def people():
    """Return names and phones that occur nowhere else in the files."""
    hazard = random.Random(26)
    names = [" ".join(hazard.sample(SYLLABLES, 4)) for _ in range(PEOPLE)]
    return [(name, f"0987{number:06}") for name, number in zip(names, hazard.sample(range(10**6), PEOPLE), strict=True)]


def dump(settings, keyring, tmp_path):
    """Return all bytes of a thief's loot: the unpacked backup, and SQLite's files."""
    file = tmp_path / "backup.tar.gz"
    url = settings.database_url
    backup.create(settings, file, keyring)
    backup_encryption.decrypt(file, tmp_path / "archive", keyring)  # as a thief who has the master key too
    with tarfile.open(tmp_path / "archive") as archive:
        archive.extractall(tmp_path / "open", filter="data")
    found = [file.read_bytes(), *(each.read_bytes() for each in (tmp_path / "open").iterdir())]
    if url.startswith("sqlite"):
        found += [each.read_bytes() for each in settings.instance_path.glob("test.sqlite3*")]
    else:
        backup._run("pg_dump", ["--format=plain", f"--file={tmp_path / 'plain.sql'}"], make_url(url))
        found.append((tmp_path / "plain.sql").read_bytes())
    return b"\n".join(found)


def leave_traces(session, keyring, round, who, file):
    """Store a name and a phone in every other place that keeps typed text.

    These are an uploaded sheet, a job with its payload and its file, a text message, the audit trail, and
    a waiting correction.
    """
    name, phone = people()[9]
    typed, today, person = f"{name} {phone}", MONDAY.date(), find_person(session, keyring, who.person_id)
    asker = make_account(session, unit=round.contest.unit)
    keep_draft(
        session, keyring, owner="account:1", purpose="thu", name=f"{typed}.csv", data=typed.encode(), today=today
    )
    job = enqueue(session, keyring, Order("thu", "Thử", "account:1", payload={"typed": typed}), now=MONDAY)
    file.write_text(typed)
    store_file(session, keyring, job, file)
    file.unlink()
    post_sms(session, keyring, to=phone, text=typed, now=MONDAY)
    subject = of_round(round)
    values = (person, {"name": name, "phone": phone})
    record(session, Actor("account", asker.id), PrivacyAction.PERSON_CORRECT, subject, person=values, now=MONDAY)
    request = receive_request(
        session, keyring, Asker(name, phone), unit_id=round.contest.unit_id, kind=Kind.CORRECT, channel="phone",
        holidays=(), actor=SYSTEM, now=MONDAY,
    )  # fmt: skip
    details = details_of(
        request, show_participants(session, keyring, [who.id]), person, name=name, year=None, unit=who.unit_id
    )
    ask(
        session, asker, PrivacyAction.PERSON_CORRECT, of_request(request), reason="Ghi sai", details=details, now=MONDAY
    )


@pytest.fixture
def seeded(client, session, keyring, caplog, tmp_path):
    """Create a contest with a thousand entries, one of them through the pages, with a request and a published round."""
    caplog.set_level(logging.DEBUG)
    round = make_contest(session, weeks=1).rounds[0]
    for at, (name, phone) in enumerate(people()):
        who = register_participant(
            session, keyring, round.contest, Identity(name, phone, 1970), unit_id=round.contest.units[0].unit_id,
            code=new_code(), now=MONDAY,
        )  # fmt: skip
        if at < 5:
            make_attempt(session, keyring, round, participant=who, seconds=60 + at)
    name, phone = people()[7]
    receive_request(
        session, keyring, Asker(name, phone, f"{name} xin xóa số {phone}"), unit_id=round.contest.unit_id,
        kind=Kind.DELETE, channel="phone", holidays=(), actor=SYSTEM, now=MONDAY + timedelta(days=9),
    )  # fmt: skip
    leave_traces(session, keyring, round, who, tmp_path / "result")
    publish(session, round)
    client.get(f"/thi/{round.contest.slug}/tuan/1")
    return round


def test_a_thief_reads_none_of_a_thousand_phones_and_names(app, session, keyring, settings, seeded, tmp_path, caplog):
    session.close()
    db.engine.dispose()

    stolen = dump(settings, keyring, tmp_path) + caplog.text.encode()

    secrets = {secret for name, phone in people() for secret in (name, fold(name), phone, phone[1:])}
    assert len(secrets) > 3 * PEOPLE
    assert b"quiz_participant" in stolen
    assert all(session.execute(text(f"SELECT count(*) FROM {table}")).scalar() for table in TRACES)
    assert [secret for secret in secrets if secret.encode() in stolen] == []


def test_the_search_finds_unsealed_data(session, keyring, settings, tmp_path):
    contest = make_contest(session)
    make_participant(session, keyring, contest)
    contest.title = people()[0][0]
    session.commit()

    assert people()[0][0].encode() in dump(settings, keyring, tmp_path)
