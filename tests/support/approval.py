"""Approve a request by a second account, for tests about something else."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from account.models import Account, Approval
from account.operations.audit import Actor, Subject, record
from account.rules.actions import AccountAction
from account.rules.permissions import Role
from commune.models import Unit
from tests.factories import make_account
from tests.support.pages import Page
from tests.support.staff import desk, desk_in, send


def agree(app: Flask, session, approval: Approval, unit: Unit | None = None, *, is_related: bool = False) -> Account:
    """Approve the request by another account of the unit; with *is_related*, by one that the requester made."""
    account = make_account(session, role=Role.APPROVER, unit=unit or approval.unit)
    if is_related:
        about = Subject("account.account", account.id, f"Tài khoản số {account.id}", account.unit_id)
        record(
            session, Actor("account", approval.asked_by_id), AccountAction.ACCOUNT_CREATE, about, now=approval.asked_at
        )
    session.commit()
    page = f"/quan-tri/phe-duyet/{approval.id}"
    answer = send(desk(app, account), page, to=f"{page}/dong-y")
    assert answer.status_code == 302, answer.text
    session.expire_all()
    return account


def as_approver_reads(app: Flask, session: Session, action: str, unit: Unit) -> str:
    """Return the text of the page on which an approver of *unit* reads the only request for *action*."""
    asked = session.scalars(select(Approval).where(Approval.action == action)).one()
    return Page(desk_in(app, session, unit, Role.APPROVER).get(f"/quan-tri/phe-duyet/{asked.id}").text).text
