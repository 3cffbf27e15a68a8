"""The manifest: what a room declares about itself, and what all rooms declare together.

Each room defines `ROOM = Room(...)` in its `manifest.py`; `app.py` passes them all to `init_app`. Nothing else names
the rooms: a page that needs every permission or every word of the audit trail calls `declared()`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import click
from flask import Blueprint, Flask, current_app, g, request, url_for

from core import duties, retention
from core.duties import Duty, DutyCollector
from core.importing.job import import_job
from core.importing.kind import SheetKind
from core.jobs import Handler
from core.retention import Rule
from core.web import error_links
from core.web.access import may
from core.web.error_links import Finder
from core.web.extensions import db

T = TypeVar("T")


@dataclass(frozen=True)
class Permission:
    """A permission that a view may require: its code, its description, and the roles that have it.

    `reads_people`: its holders may read names of participants and raters in the audit trail of their units.
    """

    code: str
    words: str
    roles: frozenset[str]
    reads_people: bool = False


def _nothing() -> int:
    """Return the number of things that wait in a section without a count."""
    return 0


@dataclass(frozen=True)
class NavLink:
    """A section of the staff's pages: an endpoint, the permission that shows it, its label, its position.

    `is_operation`: it is one of the links for operators, below the others. `icon` is a drawing of
    `templates/_macros/icons.html`. `waiting` counts what waits there for the signed-in account.
    """

    endpoint: str
    permission: str
    words: str
    place: int
    is_operation: bool = False
    icon: str = "list"
    waiting: Callable[[], int] = _nothing

    @property
    def blueprint(self) -> str:
        """The blueprint whose pages belong to the section."""
        return self.endpoint.partition(".")[0]

    @property
    def count(self) -> int:
        """The number of things that wait in the section, counted once in a request."""
        known: dict[str, int] = g.setdefault("waiting", {})
        if self.endpoint not in known:
            known[self.endpoint] = self.waiting()
        return known[self.endpoint]


@dataclass(frozen=True)
class Door:
    """A link that every public page shows: an endpoint, its label, its position.

    `kind`: "main" for the doors in the head of a page, "lookup" and "about" for two lists at its foot. `pages` are the
    endpoints that lie behind the door though their address does not begin with its own.
    """

    endpoint: str
    words: str
    place: int
    kind: str = "main"
    pages: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Room:
    """One room's manifest; every field may be left out.

    Audit trail: `audit_actions` gives the words of each action code; `audit_fields` those of each recorded value's name
    ("rank", or "office.edit:name" where one action needs another word); `audit_values` those of coded values by that
    name; `audit_restricted` the permission without which an action's values are hidden; `audit_quoted` the names of
    values that people wrote, shown word for word in every language. Duties: `at_setup`, `daily`,
    `at_serve`, `before_replace`, `after_restore` (see `core.duties`); `carried` collects before a restore the duties
    to run after it, `daily_checks` read every day before anything is locked. `approvals` are the handlers of sensitive
    actions (`account.operations.approval.Handler`), `holders` what the room holds of a person (read by the room for
    personal data); core knows neither type. `sheets` are the kinds of sheet that the room imports, large ones by
    background jobs. `init_app` does what no other field can declare.
    """

    name: str
    blueprints: Sequence[Blueprint] = ()
    commands: Sequence[click.Command] = ()
    navigation: Sequence[NavLink] = ()
    doors: Sequence[Door] = ()
    permissions: Sequence[Permission] = ()
    audit_actions: Mapping[str, str] = field(default_factory=dict)
    audit_fields: Mapping[str, str] = field(default_factory=dict)
    audit_values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    audit_restricted: Mapping[str, str] = field(default_factory=dict)
    audit_quoted: Sequence[str] = ()
    jobs: Mapping[str, Handler] = field(default_factory=dict)
    sheets: Sequence[type[SheetKind[Any, Any, Any, Any]]] = ()
    approvals: Sequence[Any] = ()
    error_links: Mapping[str, Finder] = field(default_factory=dict)
    retention: Sequence[Rule] = ()
    at_setup: Sequence[Duty] = ()
    daily: Sequence[Duty] = ()
    at_serve: Sequence[Duty] = ()
    before_replace: Sequence[Duty] = ()
    after_restore: Sequence[Duty] = ()
    carried: Sequence[DutyCollector] = ()
    daily_checks: Sequence[DutyCollector] = ()
    holders: Sequence[Any] = ()
    init_app: Callable[[Flask], None] | None = None


class Conflict(ValueError):
    """Two rooms declare the same code with different meanings."""


@dataclass(frozen=True)
class Declared:
    """All rooms' declarations, merged."""

    permissions: Mapping[str, Permission]
    navigation: Sequence[NavLink]
    doors: Sequence[Door]
    audit_actions: Mapping[str, str]
    audit_fields: Mapping[str, str]
    audit_values: Mapping[str, Mapping[str, str]]
    audit_restricted: Mapping[str, str]
    audit_quoted: Collection[str]
    approvals: Sequence[Any]
    holders: Sequence[Any]

    def roles_with(self, permission: str) -> frozenset[str]:
        """Return the roles that have *permission*; empty for an undeclared one."""
        found = self.permissions.get(permission)
        return found.roles if found else frozenset()

    def field_words(self, action: str, name: str) -> str:
        """Return the label of the value *name* in an entry for *action*; the name itself where no room declares one."""
        return self.audit_fields.get(f"{action}:{name}") or self.audit_fields.get(name, name)


def declared() -> Declared:
    """Return the merged declarations of the running application's rooms."""
    found: Declared = current_app.extensions["rooms"]
    return found


def collect(rooms: Sequence[Room]) -> Declared:
    """Merge the manifests of *rooms*, in their order.

    Raises:
        Conflict: two rooms give one code different words, roles or values.
    """
    fields = {name for room in rooms for name in room.audit_values}
    return Declared(
        permissions=_merged({each.code: each for each in room.permissions} for room in rooms),
        navigation=sorted(_all(room.navigation for room in rooms), key=lambda link: link.place),
        doors=sorted(_all(room.doors for room in rooms), key=lambda door: door.place),
        audit_actions=_merged(room.audit_actions for room in rooms),
        audit_fields=_merged(room.audit_fields for room in rooms),
        audit_values={name: _merged(room.audit_values.get(name, {}) for room in rooms) for name in fields},
        audit_restricted=_merged(room.audit_restricted for room in rooms),
        audit_quoted=frozenset(_all(room.audit_quoted for room in rooms)),
        approvals=_all(room.approvals for room in rooms),
        holders=_all(room.holders for room in rooms),
    )


def navigation(*, is_operation: bool) -> list[NavLink]:
    """Return the sections of the staff's pages that the present account may see, in order."""
    return [link for link in declared().navigation if link.is_operation is is_operation and may(link.permission)]


def doors(kind: str) -> list[Door]:
    """Return the links of a *kind* that every public page shows, in order."""
    return [door for door in declared().doors if door.kind == kind]


def door_here() -> Door | None:
    """Return the main door that the page of the present request lies behind, if any."""
    main = doors("main")
    listed = (door for door in main if request.endpoint in door.pages)
    below = (door for door in main if request.path.startswith(_path_of(door).rstrip("/") + "/"))
    return next(listed, None) or next(below, None) or next((d for d in main if d.endpoint == request.endpoint), None)


def _path_of(door: Door) -> str:
    """Return the path of a door, without the language that its address carries on."""
    return url_for(door.endpoint).partition("?")[0]


def init_app(app: Flask, rooms: Sequence[Room]) -> None:
    """Register *rooms* with *app*: their pages, commands, jobs, duties and labels."""
    app.extensions["rooms"] = collect(rooms)
    app.jinja_env.globals.update(navigation=navigation, doors=doors, door_here=door_here)
    error_links.init_app(app, _merged(room.error_links for room in rooms))
    imports = {kind.job: import_job(kind) for kind in _all(room.sheets for room in rooms) if kind.job}
    app.extensions["jobs"] = _merged([imports, *(room.jobs for room in rooms)])
    with app.app_context():
        retention.configure(db.sessionmaker, _all(room.retention for room in rooms))
        duties.configure(
            db.sessionmaker,
            collectors=_all(room.carried for room in rooms),
            checks=_all(room.daily_checks for room in rooms),
            setup=_all(room.at_setup for room in rooms),
            daily=_all(room.daily for room in rooms),
            serve=_all(room.at_serve for room in rooms),
            replaced=_all(room.before_replace for room in rooms),
            restored=_all(room.after_restore for room in rooms),
        )
    for room in rooms:
        for blueprint in room.blueprints:
            app.register_blueprint(blueprint)
        for command in room.commands:
            app.cli.add_command(command)
        if room.init_app is not None:
            room.init_app(app)


def _all(lists: Iterable[Sequence[T]]) -> tuple[T, ...]:
    return tuple(each for some in lists for each in some)


def _merged(parts: Iterable[Mapping[str, T]]) -> dict[str, T]:
    merged: dict[str, T] = {}
    for part in parts:
        for key, value in part.items():
            if merged.setdefault(key, value) != value:
                raise Conflict(key)
    return merged
