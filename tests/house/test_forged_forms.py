"""A form without its token changes nothing: every POST route, in a state in which its form would take effect."""

import shutil

import pytest
from sqlalchemy import text

from core.web import forms
from core.web.extensions import db
from tests.support.forged import SCENARIOS, rule_of
from tests.support.forged.scenario import Visit, assert_only_the_token_opens
from tests.support.forged.world import build_world
from tests.support.staff import COOKIE, cookie_of

EVERY_FORM = pytest.mark.parametrize("key", SCENARIOS)


@pytest.fixture(scope="module")
def world(instances, sqlite_template, tmp_path_factory):
    """Build a database file with something for every form, once, and return it with the names in it."""
    instance, file = instances("sqlite"), tmp_path_factory.mktemp("forged") / "world.sqlite3"
    instance.renew(str(sqlite_template))
    names = build_world(instance.app)
    with instance.app.app_context(), db.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
        shutil.copyfile(db.engine.url.database, file)
    return file, names


@pytest.fixture
def template(key, world, sqlite_template):
    """Return the built database, or an empty one for the first run."""
    return str(sqlite_template if SCENARIOS[key].is_first_run else world[0])


@pytest.fixture
def visit(app, key, world):
    """Open and fill the form of the scenario."""
    client, names = app.test_client(), world[1]
    if SCENARIOS[key].is_staff:
        client.set_cookie(COOKIE, cookie_of(app, names["me"]))
    return Visit(client, rule_of(key), SCENARIOS[key], names)


def test_every_post_route_has_its_scenario_and_every_scenario_its_route(instances):
    rules = {rule.rule for rule in instances("sqlite").app.url_map.iter_rules() if "POST" in rule.methods}

    assert set(map(rule_of, SCENARIOS)) == rules


@EVERY_FORM
def test_a_form_without_its_token_changes_nothing_and_with_it_something(app, key, visit):
    assert_only_the_token_opens(app, visit)


@EVERY_FORM
def test_a_route_that_asks_for_no_token_is_found(app, key, visit, monkeypatch):
    for token in (forms.SessionToken, forms.SignedFormToken):
        monkeypatch.setattr(token, "validate_csrf_token", lambda *_: None)

    with pytest.raises(AssertionError, match="done without a token"):
        assert_only_the_token_opens(app, visit)
