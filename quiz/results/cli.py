"""The command `flask quiz rank`, which ranks a sheet."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from core.commands.cli_errors import with_any_key
from core.sheets.cells import SheetError
from core.values.text import N_
from quiz.contest.cli import no_collecting, quiz_cli
from quiz.contest.rules.presets import MOST_DECIMALS, PRESETS, GuessTarget, Rules
from quiz.results.files.rank_report import make_report, to_json
from quiz.results.files.rank_text import to_text

_TOP = 20


def _rules(preset: str, guess: str | None, decimals: int | None, *, all_right: bool) -> Rules:
    """Return the rules of a preset with what is declared otherwise."""
    rules = replace(PRESETS[preset], all_right_only=all_right, guess_decimals=decimals or 0)
    try:
        return replace(rules, guess_target=GuessTarget(guess)) if guess else rules
    except ValueError as error:
        raise click.UsageError(N_("Thể lệ này xếp theo dự đoán nên phải có điều để dự đoán.")) from error


@quiz_cli.command("rank", with_appcontext=False)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--preset",
    type=click.Choice(list(PRESETS)),
    default="lam-binh",
    show_default=True,
    help=N_("Thể lệ dùng để xếp hạng."),
)
@click.option(
    "--guess",
    type=click.Choice([each.value for each in GuessTarget]),
    help=N_("Điều được dự đoán, khi khác thể lệ có sẵn."),
)
@click.option("--decimals", type=click.IntRange(0, MOST_DECIMALS), help=N_("Số chữ số sau dấu phẩy của tỷ lệ dự đoán."))
@click.option("--all-right", is_flag=True, help=N_("Chỉ người đúng tất cả các câu mới được nhận giải."))
@click.option("--by-bloc", is_flag=True, help=N_("Xếp hạng riêng từng đối tượng dự thi theo cột của tệp."))
@click.option("--key", type=click.Path(path_type=Path), help=N_("Tệp đáp án (mỗi dòng một câu, hoặc ABCDA…)."))
@click.option("--questions", type=click.IntRange(1, 1000), help=N_("Số câu hỏi, khi tệp không cho biết."))
@click.option(
    "--sum-units", "sums_near", is_flag=True, help=N_("Cộng chung các cách viết gần giống nhau của một đơn vị.")
)
@click.option("--top", type=click.IntRange(1), help=N_("Số hạng in ra (mặc định 20; --json in tất cả)."))
@click.option("--json", "as_json", is_flag=True, help=N_("In kết quả dạng JSON."))
@with_any_key
def rank_sheet(
    file: Path,
    key: Path | None,
    questions: int | None,
    sums_near: bool,
    top: int | None,
    as_json: bool,
    by_bloc: bool,
    **declared: Any,
) -> None:
    """Xếp hạng từ tệp CSV hoặc Excel (ví dụ tệp Google Forms); không lưu gì, không cần cơ sở dữ liệu."""
    try:
        with no_collecting():
            report = make_report(file, _rules(**declared), key, questions, sums_near=sums_near, by_bloc=by_bloc)
            as_text = json.dumps(to_json(report, top), ensure_ascii=False) if as_json else None
    except SheetError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    click.echo(as_text or to_text(report, top or _TOP))
