"""Concurrent requests and answers lock in one order: requests first, the audit trail last."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep

import pytest
from sqlalchemy.orm import Session

from account.models import Account, Approval
from account.operations import approval as approvals
from account.operations.approval import Handler
from account.operations.audit import Subject
from account.queries.audit import verify
from account.rules.actions import AccountAction
from commune.models import Office
from core.web.extensions import db
from tests.account.test_approval import DAY, approver, ask, asker, office
from tests.factories import MONDAY, make_office

ORGANISERS = frozenset({"organiser"})
__all__ = ["approver", "asker", "office"]


@pytest.mark.parametrize("backend", ["postgresql"])  # SQLite has one writer
def test_two_concurrent_requests_while_another_expires_become_one(monkeypatch, session, asker, office):
    ask(session, asker, make_office(session, unit=office.unit), reason="Cũ")
    ids, engine, telling, write = (asker.id, office.id), db.engine, Event(), approvals.record

    def slowly(own, actor, action, *args, **more):
        entry = write(own, actor, action, *args, **more)
        if action is AccountAction.APPROVAL_EXPIRE:
            telling.set()
            sleep(1)
        return entry

    def press(now):
        with Session(engine) as own:
            account, about = own.get_one(Account, ids[0]), own.get_one(Office, ids[1])
            subject = Subject("office", about.id, about.name, about.unit_id)
            asked = approvals.ask(own, account, "entry.exclude", subject, reason="Bài trùng", now=now)
            own.commit()
            return asked.id

    monkeypatch.setattr(approvals, "record", slowly)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(press, MONDAY + 15 * DAY)
        telling.wait(10)
        second = pool.submit(press, MONDAY + 14 * DAY)
        assert first.result(20) == second.result(20)

    assert verify(session).broken is None


@pytest.mark.parametrize("backend", ["postgresql"])
def test_a_new_request_waits_for_a_concurrent_approval(session, keyring, asker, approver, office):
    ask(session, asker, make_office(session, unit=office.unit), reason="Cũ")
    monday = MONDAY + 2 * DAY
    subject = Subject("office", office.id, office.name, office.unit_id)
    asked = approvals.ask(session, asker, "entry.exclude", subject, reason="", details={}, now=monday)
    session.commit()
    ids, engine, agreeing = (asked.id, approver.id, asker.id), db.engine, Event()

    def do(*_args):
        agreeing.set()
        sleep(1)

    def agree():
        with Session(engine) as own:
            request, account = own.get_one(Approval, ids[0]), own.get_one(Account, ids[1])
            handlers = {
                "entry.exclude": Handler("entry.exclude", "contest.manage", lambda *_: (), do, roles=ORGANISERS)
            }
            state = approvals.approve(own, keyring, request, account, handlers, note="", now=MONDAY + 15 * DAY)
            own.commit()
            return state

    def ask_anew():
        with Session(engine) as own:
            account, more = own.get_one(Account, ids[2]), {"x": 1}
            approvals.ask(
                own, account, "entry.exclude", subject, reason="", details=more, now=MONDAY + 15 * DAY
            )  # fmt: skip
            own.commit()

    with ThreadPoolExecutor(2) as pool:
        answer = pool.submit(agree)
        agreeing.wait(10)
        pool.submit(ask_anew).result(20)
        assert answer.result(20) == "approved"
