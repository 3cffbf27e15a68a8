"""The suite itself: what it relies on of its tools."""

import gc
import os

import pytest

from app import create_app
from tests.support import postgres


@pytest.mark.xdist_group("kept-together")
def test_tests_of_a_group_stay_with_one_worker(request):
    assert request.node.nodeid.endswith("@kept-together") or "PYTEST_XDIST_WORKER" not in os.environ


def test_a_second_application_compiles_no_template_again(app):
    template = "base.html"
    app.jinja_env.get_template(template)
    again = app.create_jinja_environment()
    again.compile = None

    assert again.get_template(template).name == template


def test_a_second_application_compiles_no_address_again(app, settings, monkeypatch):
    monkeypatch.setattr("werkzeug.routing.rules.compile", None, raising=False)

    assert create_app(settings).url_map.bind("").build("survey.office", {"slug": "a"}) == "/ket-qua/a"


def test_the_garbage_collector_passes_over_what_lives_as_long_as_the_process():
    assert gc.get_freeze_count() > 100_000


def test_databases_lie_in_memory_only_where_there_is_room_and_haste(monkeypatch, tmp_path):
    monkeypatch.delenv("LONG", raising=False)
    monkeypatch.setattr(postgres, "MEMORY", tmp_path)

    monkeypatch.setattr(postgres, "ROOM", 0)
    assert postgres.ground_of_clusters() == str(tmp_path)

    monkeypatch.setattr(postgres, "ROOM", 1 << 60)
    assert postgres.ground_of_clusters() is None

    monkeypatch.setattr(postgres, "ROOM", 0)
    monkeypatch.setenv("LONG", "1")
    assert postgres.ground_of_clusters() is None
