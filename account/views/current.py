"""The signed-in account for the rooms above, and its audit entries and approval requests."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from flask import current_app, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from account.models import Account, Approval
from account.operations import approval as approvals
from account.operations.approval import Handler, Handlers, Part
from account.operations.audit import Actor, Subject
from account.queries.account import list_approvers
from account.rules.chain import Plain
from core import clock
from core.kept_sentences import say_kept
from core.messages.outbox import post_mail
from core.translation import translate
from core.web.extensions import db, keyring, settings
from core.web.language import kept_in
from core.web.letters import render_letter
from core.web.rooms import Declared, declared


def present_account() -> Account:
    """Return the signed-in account; only for views behind `core.web.access.requires`."""
    account: Account = current_user.account
    return account


def actor() -> Actor:
    """Return the signed-in account as an actor."""
    return Actor("account", present_account().id)


def needs_second() -> bool:
    """Whether sensitive actions need a second person; a setting may turn this off."""
    return settings().second_approver


def request_approval(
    action: str, subject: Subject, *, reason: str, details: Mapping[str, Plain] | None = None, back: str
) -> Response:
    """Request approval of *action* for the signed-in account, commit, and redirect to the request's own page, which
    may be reloaded; *back* is its link to go on.
    """
    me = present_account()
    asked = approvals.ask(db.session, me, action, subject, reason=reason, details=details, now=clock.now())
    _mail_approvers(asked, me)
    db.session.commit()
    return redirect(url_for("account_approval.mine", id=asked.id, ve=back), 303)


def _mail_approvers(asked: Approval, asker: Account) -> None:
    """Mail everybody who may answer, if there is a mail server; the link can be copied in any case."""
    if not settings().mail_url:
        return
    words = {
        "asker": asker.name,
        "deed": f"{translate(declared().audit_actions[asked.action])}, {say_kept(asked.subject)}",
        "unit": asked.unit.name,
        "reason": asked.reason,
    }
    letter = render_letter("approval_asked", link=kept_in(link_to(asked)), **words)
    for account in list_approvers(db.session, asked.unit, but=asker):
        post_mail(db.session, keyring(), to=account.email, letter=letter, now=clock.now())


def link_to(approval: Approval) -> str:
    """Return the address of a request, under the public address, to send to its approver."""
    return f"{settings().public_url}/quan-tri/phe-duyet/{approval.id}"


def handlers() -> Handlers:
    """Return the rooms' handlers of sensitive actions."""
    found: Handlers = current_app.extensions["approval"]
    return found


def shown(approval: Approval) -> tuple[Part, ...]:
    """Return what its room shows of a waiting action."""
    return tuple(handlers()[approval.action].show(db.session, keyring(), approval))


def days_late(approval: Approval) -> int:
    """Return by how many days a promised hour that a waiting action belongs to has passed; 0 without one."""
    handler = handlers().get(approval.action)
    return handler.days_late(db.session, approval, clock.now()) if handler and handler.days_late else 0


def latest_first(waiting: Sequence[Approval]) -> list[tuple[Approval, int]]:
    """Return *waiting* with the days that each is late: the latest first, the others in their order."""
    return sorted(((each, days_late(each)) for each in waiting), key=lambda pair: -pair[1])


def public_page(approval: Approval) -> str | None:
    """Return the address of the public page of a completed action; None without one."""
    page = handlers()[approval.action].page
    return page(db.session, approval) if page else None


def by_action(rooms: Declared) -> dict[str, Handler]:
    """Return the rooms' handlers of sensitive actions by the action's code, each with the roles that may ask."""
    return {each.action: replace(each, roles=rooms.roles_with(each.permission)) for each in rooms.approvals}
