"""The audit trail: append-only, chained, personal values under their owner's key."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, delete, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from account.models import Account, AuditEntry
from account.operations.audit import SYSTEM, TERMINAL, Actor, Subject, record
from account.queries.audit import Search, find_head, list_entries, personal_in, verify
from core import clock
from core.person_keys import PersonKey, create_person
from core.web.extensions import db
from tests.factories import MONDAY, make_account, make_unit
from tests.support.processes import begin

pytestmark = pytest.mark.both_databases

COUNTER = Subject("survey.counter", 7, "Quầy 2, Trung tâm xã Lâm Bình", None)


def add(session, count=3, **more):
    given = {"before": {"number": 1}, "after": {"number": 2}, "reason": "Quầy chuyển chỗ", "now": MONDAY, **more}
    return [record(session, TERMINAL, "counter.reissue", COUNTER, **given) for _ in range(count)]


def tamper(session, statement, backend):
    """Change the trail as a superuser who first drops the triggers."""
    if backend == "sqlite":
        session.execute(text("DROP TRIGGER account_audit_no_update"))
        session.execute(text("DROP TRIGGER account_audit_no_delete"))
    else:
        session.execute(text("ALTER TABLE account_audit DISABLE TRIGGER ALL"))
    session.execute(text(statement))
    session.commit()


def test_an_entry_holds_actor_action_values_before_and_after_and_reason(session):
    account = make_account(session)

    record(
        session, Actor("account", account.id), "counter.close", COUNTER, before={"closed_on": None},
        after={"closed_on": "2026-06-01"}, reason="  Dồn   quầy ", now=MONDAY,
    )  # fmt: skip

    entry = session.get_one(AuditEntry, 1)
    assert (entry.actor, entry.account_id, entry.action, entry.at) == ("account", account.id, "counter.close", MONDAY)
    assert (entry.kind, entry.subject_id, entry.subject) == ("survey.counter", "7", "Quầy 2, Trung tâm xã Lâm Bình")
    assert (entry.changes, entry.reason) == ([("closed_on", None, "2026-06-01")], "Dồn quầy")


def test_an_unbroken_chain_read_from_the_database_verifies(session):
    add(session, 3)
    session.commit()
    session.expire_all()

    verdict = verify(session)

    assert (verdict.entries, verdict.broken) == (3, None)
    assert (3, verdict.head) == find_head(session)


@pytest.mark.parametrize(
    "change", [update(AuditEntry).values(reason="x"), delete(AuditEntry)], ids=["update", "delete"]
)
def test_the_database_refuses_to_change_or_delete_an_entry(session, change):
    add(session, 1)
    session.commit()

    with pytest.raises(DBAPIError, match="only ever added to"):
        session.execute(change)

    session.rollback()
    assert verify(session).entries == 1


@pytest.mark.parametrize(
    ("backend", "statement"), [("sqlite", "DELETE FROM account_audit"), ("postgresql", "TRUNCATE account_audit")]
)
def test_the_database_refuses_to_empty_the_table(session, backend, statement):
    add(session, 1)
    session.commit()

    with pytest.raises(DBAPIError, match="only ever added to"):
        session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "broken", "why"),
    [
        ("UPDATE account_audit SET reason = 'khác' WHERE number = 2", 2, "changed"),
        ("UPDATE account_audit SET account_id = 9, actor = 'account' WHERE number = 3", 3, "changed"),
        ("UPDATE account_audit SET before = '{}' WHERE number = 1", 1, "changed"),
        ("UPDATE account_audit SET unit_id = 5 WHERE number = 4", 4, "changed"),
        ("DELETE FROM account_audit WHERE number = 2", 3, "gap"),
        ("DELETE FROM account_audit WHERE number = 1", 2, "gap"),
    ],
)
def test_a_superusers_change_is_named(session, backend, statement, broken, why):
    add(session, 5)
    session.commit()

    tamper(session, statement, backend)

    assert (verify(session).broken, verify(session).why) == (broken, why)


def test_a_cut_off_end_does_not_match_a_printed_head(session, backend):
    add(session, 5)
    session.commit()
    head = find_head(session)

    tamper(session, "DELETE FROM account_audit WHERE number > 3", backend)

    assert verify(session).broken is None
    assert (verify(session, head).broken, verify(session, head).why) == (4, "cut")


def test_a_rewritten_audit_trail_does_not_match_a_printed_head(session, backend):
    add(session, 2)
    session.commit()
    head = find_head(session)
    tamper(session, "DELETE FROM account_audit", backend)
    session.expunge_all()

    add(session, 3, reason="Lý do khác")
    session.commit()

    assert verify(session).broken is None
    assert (verify(session, head).broken, verify(session, head).why) == (2, "rewritten")


def test_a_name_is_sealed_and_erasing_its_key_leaves_the_chain_whole(session, keyring):
    person = create_person(session, keyring)
    entry = add(session, 1, person=(person, {"name": "Giàng A Páo"}))[0]
    session.commit()
    opened = personal_in(session, keyring, [entry])

    session.delete(session.get_one(PersonKey, person.id))
    session.commit()
    session.expire_all()

    assert opened == {1: {"name": "Giàng A Páo"}}
    assert "Páo" not in str(session.execute(text("SELECT * FROM account_audit")).all())
    assert personal_in(session, keyring, [entry]) == {}
    assert verify(session).broken is None


def test_the_deed_and_its_entry_are_kept_together_or_not_at_all(session):
    add(session, 1)
    session.commit()
    make_account(session, email="a@lang-nghe.example")
    add(session, 1)

    session.rollback()

    assert find_head(session)[0] == 1
    assert list(session.scalars(select(Account))) == []


def test_an_accounts_number_is_never_given_to_another(session):
    account = make_account(session)
    session.commit()
    gone = account.id
    session.delete(account)
    session.commit()

    assert make_account(session).id > gone


def test_a_page_holds_the_newest_entries_of_ones_units_and_of_no_unit(session):
    mine, other = make_unit(session), make_unit(session, name="xã khác")
    for unit_id in (mine.id, other.id, None, mine.id):
        record(session, SYSTEM, "office.create", Subject("o", 1, "Trung tâm", unit_id), now=MONDAY)

    found = list_entries(session, Search(units={mine.id}), 10)

    assert [entry.number for entry in found] == [4, 3, 1]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"action": "counter.reissue"}, [4]),
        ({"actor": "system"}, [3, 2, 1]),
        ({"since": MONDAY + timedelta(days=1)}, [4, 3, 2]),
        ({"since": MONDAY + timedelta(days=1), "until": MONDAY + timedelta(days=3)}, [3, 2]),
        ({"below": 3}, [2, 1]),
        ({"unit_id": 999}, [4, 3, 2, 1]),
    ],
)
def test_a_search_keeps_its_filters(session, asked, numbers):
    unit = make_unit(session)
    for day in range(3):
        where = Subject("o", 1, "Trung tâm", unit.id)
        record(session, SYSTEM, "office.create", where, now=MONDAY + timedelta(days=day))
    add(session, 1, now=MONDAY + timedelta(days=3))

    found = list_entries(session, Search(units={unit.id}, **asked), 10)

    assert [entry.number for entry in found] == numbers


def test_entries_far_back_are_found_too(session, monkeypatch):
    monkeypatch.setattr("account.queries.audit.RECENT", 2)
    add(session, 7)

    pages = [list_entries(session, Search(units=set(), below=below), 3) for below in (None, 5, 2)]

    assert [[entry.number for entry in page] for page in pages] == [[7, 6, 5], [4, 3, 2], [1]]


def write_25(database_url, patience):
    engine = create_engine(database_url, connect_args=patience)
    for _ in range(25):
        with Session(engine) as session:
            record(session, TERMINAL, "unit.load", Subject("x", 1, "x", None), now=clock.now())
            session.commit()


def test_many_who_add_at_once_make_one_chain(app, session, database_url, backend):
    patience = {"timeout": 60} if backend == "sqlite" else {}

    writers = [begin(write_25, database_url, patience) for _ in range(4)]
    for writer in writers:
        writer.join(120)

    assert [writer.exitcode for writer in writers] == [0, 0, 0, 0]
    verdict = verify(session)
    assert (verdict.entries, verdict.broken) == (100, None)
    assert db.engine.dialect.name == backend
