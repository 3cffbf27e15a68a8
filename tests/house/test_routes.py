"""No route disappears: printed QR codes and saved receipts make addresses permanent."""

from pathlib import Path

from flask import Flask

from core.web.access import SIGNED_IN

GOLDEN = Path(__file__).with_name("routes.txt")


def routes(app: Flask) -> list[str]:
    return sorted(
        f"{rule.rule} {' '.join(sorted((rule.methods or set()) - {'HEAD', 'OPTIONS'}))} {rule.endpoint}"
        for rule in app.url_map.iter_rules()
    )


def test_the_routes_are_those_of_the_golden_list(app):
    assert routes(app) == GOLDEN.read_text().splitlines()


def test_every_staff_route_declares_its_permission(app):
    open_doors = {
        f"account.{name}" for name in ("arrive", "code", "come", "first_run_page", "set_up", "sign_in", "sign_out")
    }
    bare = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/quan-tri")
        and rule.endpoint not in open_doors
        and not hasattr(app.view_functions[rule.endpoint], "permission")
    ]

    assert bare == []


def test_every_declared_permission_is_held_by_a_role(app):
    declared = {view.permission for view in app.view_functions.values() if hasattr(view, "permission")}

    assert declared <= {SIGNED_IN, *app.extensions["rooms"].permissions}
