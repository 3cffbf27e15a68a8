"""Commands that draw posters, of one office or of a province, and that replace a code."""

import os
import time
from collections.abc import Collection, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy.exc import IntegrityError

from account.operations.audit import TERMINAL
from commune.models import Office
from commune.queries import find_unit, list_units_below
from core.clock import now
from core.instance import remember_address
from core.progress import watched
from core.translation import gettext
from core.values.numbers import clock_text, thousands
from core.values.text import N_, free_slug
from core.web.extensions import db, keyring, settings
from survey.counter.cli.group import counter_of, office_at, survey_cli
from survey.counter.documents import LANGUAGES, SHEETS, BadWords, posters_of, read_words
from survey.counter.documents.bulk import PosterFile, Style, draw_all, draw_file, files_of
from survey.counter.operations.counters import reissue_address
from survey.counter.queries.counters import list_open_counters, list_printing_offices
from survey.counter.queries.printed import address_of
from survey.counter.rules.address import typed

WORTH_A_PROCESS = 100
"""Offices below which a further process would take longer to start than it saves."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_UNREACHABLE = N_("CHÚ Ý: tờ in ra dẫn tới %(url)s, chỉ mở được trên máy này. Đặt PUBLIC_URL trước khi in thật.")


@survey_cli.command("posters")
@click.argument("slug", nargs=-1, metavar="[SLUG]")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--format", "sheet", type=click.Choice(list(SHEETS)), default="a4", help=N_("Loại tờ: the là thẻ để bàn.")
)
@click.option("--language", type=click.Choice(list(LANGUAGES)), help=N_("Thêm một ngôn ngữ có sẵn."))
@click.option("--words", type=click.Path(path_type=Path, exists=True, dir_okay=False), help=N_("Thêm lời của cơ quan."))
@click.option("--unit", "unit_code", help=N_("Mọi cơ quan của đơn vị mang mã này và các đơn vị bên dưới."))
@click.option("--all", "everywhere", is_flag=True, help=N_("Mọi cơ quan."))
@click.option("--again", is_flag=True, help=N_("Vẽ lại cả những tệp đã có và còn đúng."))
@click.option("--workers", type=click.IntRange(1, 64), default=os.cpu_count() or 1, help=N_("Số tiến trình cùng vẽ."))
def posters(
    slug: tuple[str, ...],
    folder: Path,
    sheet: str,
    language: str | None,
    words: Path | None,
    unit_code: str | None,
    everywhere: bool,
    again: bool,
    workers: int,
) -> None:
    """Tạo tệp tờ treo cho mọi quầy của cơ quan SLUG, hoặc của mọi cơ quan trong một đơn vị, vào FOLDER."""
    if len(slug) + bool(unit_code) + everywhere != 1:
        raise click.UsageError(gettext("Xin nêu một trong ba: tên cơ quan (SLUG), --unit, --all; sau cùng là thư mục."))
    style = _style(sheet, language, words)
    if settings().public_host in LOOPBACK:
        click.echo(gettext(_UNREACHABLE, url=settings().public_url), err=True)
    with _complaining():
        folder.mkdir(parents=True, exist_ok=True)
        if slug:
            _draw_office(office_at(slug[0]), folder, style)
        else:
            _draw_offices(_within(unit_code) if unit_code else None, folder, style, workers, again)
        if remember_address(db.session, settings()):
            db.session.commit()


def _style(sheet: str, language: str | None, words: Path | None) -> Style:
    if language and words:
        raise click.UsageError(gettext("Xin chọn một: --language hoặc --words. Tờ treo chỉ đủ chỗ cho hai ngôn ngữ."))
    if words is None:
        return sheet, LANGUAGES.get(language or ""), "-".join([sheet, *([language] if language else [])])
    try:
        return sheet, read_words(words.read_bytes()), f"{sheet}-{free_slug(words.stem, ())}"
    except BadWords as error:
        raise click.ClickException(f"{words}:\n{error}") from error


def _draw_office(office: Office, folder: Path, style: Style) -> None:
    """Draw a file for each counter."""
    sheet, second, name = style
    counters = list_open_counters(db.session, [office.id])
    made = posters_of(db.session, keyring(), settings().public_url, counters)
    for counter, poster in zip(counters, made, strict=True):
        file = folder / f"quay-{counter.number}{'' if name == 'a4' else f'-{name}'}.pdf"
        draw_file(PosterFile(file, [poster], sheet, second), again=True)
        click.echo(f"{file}")


def _draw_offices(within: Collection[int] | None, folder: Path, style: Style, workers: int, again: bool) -> None:
    """Draw a file for each office; files that still show the right posters are kept."""
    ids = list_printing_offices(db.session, within)
    if not ids:
        raise click.ClickException(gettext("Ở đây chưa có cơ quan nào có quầy đang mở."))
    start = time.monotonic()
    workers = min(workers, max(1, len(ids) // WORTH_A_PROCESS))
    jobs = files_of(db.session, keyring(), settings().public_url, ids, folder, style)
    drawn = sum(watched(draw_all(jobs, workers=workers, again=again), len(ids), N_("cơ quan")))
    kept = gettext(", %(ids)s tệp đã có và còn đúng", ids=thousands(len(ids) - drawn)) if drawn < len(ids) else ""
    click.echo(
        gettext(
            "%(folder)s: đã vẽ %(drawn)s tệp%(kept)s, trong %(monotonic)s.",
            folder=folder,
            drawn=thousands(drawn),
            kept=kept,
            monotonic=clock_text(round(time.monotonic() - start)),
        )
    )


@contextmanager
def _complaining() -> Iterator[None]:
    """Report an error while files are written as one sentence."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(
            gettext(
                "Chưa ghi được vào thư mục (%(strerror)s). Các tệp đã có vẫn trọn vẹn; sửa xong thì chạy lại lệnh này.",
                strerror=error.strerror,
            )
        ) from error
    except BrokenProcessPool as error:
        raise click.ClickException(
            gettext(
                "Một tiến trình bị hệ thống dừng, có thể vì thiếu bộ nhớ. Chạy lại lệnh này với --workers 1 để vẽ tiếp."
            )
        ) from error


@survey_cli.command("reissue")
@click.argument("slug")
@click.argument("number", type=int)
def reissue(slug: str, number: int) -> None:
    """Thay mã của quầy số NUMBER ở cơ quan SLUG: tờ cũ thôi dùng được, hãy in tờ mới."""
    counter = counter_of(office_at(slug), number)
    try:
        reissue_address(db.session, TERMINAL, counter, now=now())
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException(gettext("Vừa có người thay mã của quầy này. Không thay thêm lần nữa.")) from error
    code = typed(address_of(keyring(), counter))
    click.echo(
        gettext(
            "Đã thay mã của Quầy %(number)s, địa chỉ mới: %(public_url)s/q/%(code)s. Hãy in và treo tờ mới.",
            number=number,
            public_url=settings().public_url,
            code=code,
        )
    )


def _within(code: str) -> frozenset[int]:
    unit = find_unit(db.session, code)
    if unit is None:
        raise click.ClickException(gettext("Không có đơn vị nào mang mã %(code)s.", code=code))
    return list_units_below(db.session, frozenset({unit.id}))
