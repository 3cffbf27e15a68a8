"""Run `flask quiz rank` on a file, without a database."""

import json
from pathlib import Path

from click.testing import Result
from flask import Flask

from quiz.attempt.cli import quiz_cli


def run_rank(*args: object) -> Result:
    app = Flask(__name__)
    app.cli.add_command(quiz_cli)
    return app.test_cli_runner().invoke(args=["quiz", "rank", *map(str, args)])


def rank_file(path: Path, *options: object) -> dict:
    """Return the report of `--json`."""
    result = run_rank(path, "--json", *options)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def rank_lines(folder: Path, *lines: str, options: tuple[object, ...] = (), encoding: str = "utf-8-sig") -> dict:
    """Return the report on a CSV of *lines*."""
    path = folder / "tuan.csv"
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return rank_file(path, *options)
