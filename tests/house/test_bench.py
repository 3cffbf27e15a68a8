"""What prints the README's figures still runs: the same code with little of everything."""

import pytest

from bench import console, hot, sign_in

pytestmark = pytest.mark.xdist_group("bench")


@pytest.mark.parametrize("part", [console, hot, sign_in], ids=lambda part: part.__name__)
def test_a_bench_runs(part, tmp_path, monkeypatch, capsys):
    small = {"RATINGS": 500, "ACCOUNTS": 20, "TURNS": 1, "ROUNDS": 1, "BATCH": 2, "TIMES": 3, "WARM": 1}
    for name in small.keys() & vars(part).keys():
        monkeypatch.setattr(part, name, small[name])

    part.run(tmp_path)

    assert len(capsys.readouterr().out.splitlines()) > 3
