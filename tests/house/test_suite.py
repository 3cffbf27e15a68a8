"""The suite's own assumptions about its tools."""

import gc
import os
from dataclasses import replace

import pytest
from sqlalchemy import func, inspect, select, text

from account.models import Account
from core.instance_check import key_file
from core.web.extensions import db
from tests.factories import make_account
from tests.support import postgres


@pytest.mark.xdist_group("kept-together")
def test_tests_of_a_group_stay_with_one_worker(request):
    assert request.node.nodeid.endswith("@kept-together") or "PYTEST_XDIST_WORKER" not in os.environ


@pytest.mark.both_databases
def test_a_test_finds_an_instance_as_new(instance, template, session):
    make_account(session)
    session.commit()
    session.execute(text("CREATE TABLE left_over (number INTEGER)"))
    session.commit()
    session.close()
    folder, app = instance.settings.instance_path, instance.app
    key = key_file(instance.settings).read_bytes()
    (folder / "left.txt").write_text("x")
    key_file(instance.settings).write_bytes(bytes(32))
    app.config["WTF_CSRF_ENABLED"] = False
    app.extensions["settings"] = replace(instance.settings, brand="x")
    app.extensions["jobs"]["x"] = print

    instance.renew(template)

    assert session.scalar(select(func.count()).select_from(Account)) == 0
    assert "left_over" not in inspect(db.engine).get_table_names()
    assert not (folder / "left.txt").exists()
    assert key_file(instance.settings).read_bytes() == key
    assert "WTF_CSRF_ENABLED" not in app.config
    assert app.extensions["settings"] == instance.settings
    assert "x" not in app.extensions["jobs"]


def test_the_application_and_its_engine_stay_for_the_next_test(instances, app):
    assert instances("sqlite").app is app


def test_the_garbage_collector_skips_objects_that_live_as_long_as_the_process():
    assert gc.get_freeze_count() > 100_000


def test_databases_lie_in_memory_only_where_there_is_room_and_haste(monkeypatch, tmp_path):
    monkeypatch.delenv("LONG", raising=False)
    monkeypatch.setattr(postgres, "MEMORY", tmp_path)

    monkeypatch.setattr(postgres, "ROOM", 0)
    assert postgres.cluster_folder() == str(tmp_path)

    monkeypatch.setattr(postgres, "ROOM", 1 << 60)
    assert postgres.cluster_folder() is None

    monkeypatch.setattr(postgres, "ROOM", 0)
    monkeypatch.setenv("LONG", "1")
    assert postgres.cluster_folder() is None
