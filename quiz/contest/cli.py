"""The command group `flask quiz`."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from core.translation import gettext
from core.values.numbers import read_number
from core.values.text import N_
from core.web.extensions import db
from quiz.contest.models import Round
from quiz.contest.queries import find_contest, find_round

quiz_cli = AppGroup("quiz", help=N_("Cuộc thi tìm hiểu: xếp hạng và nhập bài từ bảng tính."))


def round_at(where: str) -> Round:
    slug, _, last = where.rpartition("/")
    contest, number = find_contest(db.session, slug), read_number(last)
    round = find_round(db.session, contest, number) if contest and number else None
    if round is None:
        raise click.ClickException(
            gettext("Không có đợt thi nào ở %(where)s. Xin ghi như lam-binh-2023/3.", where=f"{where!r}")
        )
    return round


@contextmanager
def no_collecting() -> Iterator[None]:
    """Turn off garbage collection: for millions of cells without cycles it takes a quarter of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
