"""A second person for tests that are about something else: asked by one account, agreed to by another."""

from flask import Flask

from account.models import Account, Approval
from account.rules.permissions import Role
from commune.models import Unit
from tests.factories import make_account
from tests.support.staff import desk, send


def agree(app: Flask, session, approval: Approval, unit: Unit | None = None) -> Account:
    """Another account of the unit opens the request and says yes."""
    account = make_account(session, role=Role.APPROVER, unit=unit or approval.unit)
    session.commit()
    page = f"/quan-tri/phe-duyet/{approval.id}"
    answer = send(desk(app, account), page, to=f"{page}/dong-y")
    assert answer.status_code == 302, answer.text
    session.expire_all()
    return account
