"""The benchmarks still run, with little of everything."""

import os

import pytest

from bench import attacks, console, flat, hot, sign_in
from bench.load.clients import visit_all
from bench.load.served import serving
from bench.load.submissions import form

pytestmark = pytest.mark.xdist_group("bench")
SLOW = (attacks, console) if os.environ.get("LONG") else ()
"""Half a minute each: a part of `make test-long`."""


@pytest.mark.parametrize("part", [*SLOW, flat, hot, sign_in], ids=lambda part: part.__name__)
def test_a_bench_runs(part, tmp_path, monkeypatch, capsys):
    small = {"RATINGS": 500, "ACCOUNTS": 20, "TURNS": 1, "ROUNDS": 1, "BATCH": 2, "TIMES": 3, "WARM": 1}
    small |= {"FEW": 10, "MANY": 20, "SCRIPTED": 2, "HALL": 2, "STUFFED": 2, "WAITING": 2, "HELD": 0.2, "WATCHED": 0.5}
    for name in small.keys() & vars(part).keys():
        monkeypatch.setattr(part, name, small[name])

    part.run(tmp_path)

    assert len(capsys.readouterr().out.splitlines()) > 3


def test_the_clients_of_a_bench_visit_a_real_server(tmp_path):
    factory = f"bench.load.reference:create_reference('sqlite:///{tmp_path}/reference.sqlite3', '{tmp_path}')"

    with serving(tmp_path, "bench/load/reference_server.py", factory) as server:
        load = visit_all(server.port, lambda: form("/form"), clients=4, visits=30, seconds=30)

        assert len(load.took) == 30
        assert server.cpu_ms() > 0
