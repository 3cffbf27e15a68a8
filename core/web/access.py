"""Access control: a view declares the permission that it needs; the account room supplies the resolver."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, abort, current_app, g

from core.web.extensions import login

P = ParamSpec("P")
R = TypeVar("R")

SIGNED_IN = "signed in"
"""Instead of a permission: required for what every signed-in account may do with its own data."""
Resolver = Callable[[str], frozenset[int] | None]
"""Permission → ids of the units in which the present account has it; None when not signed in."""
Owner = Callable[[], str | None]


def requires(permission: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Require *permission* in at least one unit; `scope()` then returns those units.

    A view must look its objects up within `scope()`, so that an object of another unit is 404, not 403.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            g.is_guarded = True
            found = _resolve(permission)
            if found is None:
                return login.unauthorized()  # type: ignore[no-any-return]
            if not found and permission != SIGNED_IN:
                abort(403)
            g.scope = found
            return view(*args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def scope() -> frozenset[int]:
    """Return the ids of the units in which the present account has the permission that the view requires."""
    units: frozenset[int] = g.scope
    return units


def scope_of(permission: str) -> frozenset[int]:
    """Return the ids of the units in which the present account has *permission*; empty when not signed in."""
    return _resolve(permission) or frozenset()


def may(permission: str) -> bool:
    """Whether the present account has *permission* in any unit; for templates."""
    return bool(_resolve(permission))


def _resolve(permission: str) -> frozenset[int] | None:
    known: dict[str, frozenset[int] | None] = g.setdefault("permitted", {})
    if permission not in known:
        resolver: Resolver = current_app.extensions["access"]
        known[permission] = resolver(permission)
    return known[permission]


def present_owner() -> str | None:
    """Return the owner name of the signed-in account, for things that belong to it; None when not signed in."""
    owner: Owner = current_app.extensions["owner"]
    return owner()


def resolve_by(app: Flask, resolver: Resolver, owner: Owner) -> None:
    """Set the *resolver*, called once per request and permission, and the function that returns the present *owner*."""
    app.extensions["access"] = resolver
    app.extensions["owner"] = owner


def init_app(app: Flask) -> None:
    """Add `may` to the templates of *app*."""
    app.jinja_env.globals.update(may=may)
