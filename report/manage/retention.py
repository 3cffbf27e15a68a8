"""The page of data retention, and the documents about personal data."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from flask import Blueprint, Response, render_template

from core import clock
from core.retention import Kept, list_kept
from core.values.text import N_
from core.values.week import local_date
from core.web.access import requires
from core.web.downloads import word_file
from core.web.extensions import db, settings
from report import documents, queries

blueprint = Blueprint("report_retention", __name__, url_prefix="/quan-tri/luu-giu")
OF_THE_SYSTEM = frozenset({"replies", "drafts", "jobs", "messages", "beats", "tries", "sessions", "links"})
"""The rules about what the system and its staff leave behind; all others are about citizens and participants."""


class KeptGroup(NamedTuple):
    """A group of rules under a title."""

    title: str
    rules: Sequence[Kept]


class KeptView(NamedTuple):
    """The items that the last purge removed, most first, rules that never ran, the next purge, all rules in groups."""

    latest: datetime | None
    removed: Sequence[Kept]
    never: Sequence[Kept]
    due: date | None
    groups: Sequence[KeptGroup]

    @property
    def items(self) -> int:
        """The number of items that the last purge removed."""
        return sum(each.last.removed for each in self.removed if each.last)


def kept_view(kept: Sequence[Kept]) -> KeptView:
    """Return the view of *kept*."""
    latest = max((each.last.at for each in kept if each.last), default=None)
    removed = [
        each for each in kept if each.last and each.last.removed and latest and is_same_day(each.last.at, latest)
    ]
    return KeptView(
        latest=latest,
        removed=sorted(removed, key=lambda each: -(each.last.removed if each.last else 0)),
        never=[each for each in kept if each.last is None],
        due=min((each.due for each in kept), default=None),
        groups=[
            KeptGroup(
                N_("Về người dân và người dự thi"), [each for each in kept if each.rule.code not in OF_THE_SYSTEM]
            ),
            KeptGroup(N_("Về cán bộ và máy chủ"), [each for each in kept if each.rule.code in OF_THE_SYSTEM]),
        ],
    )


@blueprint.get("/")
@requires("account.manage")
def kept() -> str:
    """List every kind of data: how long it is kept and why, its last purge and the next one."""
    view = kept_view(list_kept(db.session, today=today()))
    return render_template("report/manage/retention.html", view=view)


@blueprint.get("/<any('ho-so-xu-ly','su-co'):name>.docx")
@requires("account.manage")
def document(name: str) -> Response:
    """Send the processing record, or the checklist for a breach, filled in from this installation."""
    makers: dict[str, Callable[[], bytes]] = {"ho-so-xu-ly": _record, "su-co": _breach}
    return word_file(makers[name](), f"{name} {today():%Y%m%d}")


def _record() -> bytes:
    holders = queries.list_holders(db.session)
    kept = list_kept(db.session, today=today())
    return documents.processing_record(settings().brand, holders, kept, today=today())


def _breach() -> bytes:
    return documents.breach_checklist(settings().brand, queries.list_holders(db.session), today=today())


def is_same_day(one: datetime, other: datetime) -> bool:
    """Whether both moments are of the same local day."""
    return local_date(one) == local_date(other)


def today() -> date:
    """Return the local day."""
    return local_date(clock.now())
