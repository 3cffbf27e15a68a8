"""Commands for units: `flask commune …`."""

import sys
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from commune.files.country import read_country
from commune.files.imports import UnitSheets, template
from commune.labels import era
from commune.models import KINDS, Unit
from commune.operations import add_unit
from commune.operations.country import load_at_terminal
from commune.operations.units import settle_names
from commune.queries import find_unit
from commune.queries.search import FoundUnit, search_units
from commune.queries.succession import successors_of
from core.clock import now
from core.importing.kind import ImportContext
from core.importing.words import say
from core.sheets.report import SHOWN
from core.translation import gettext
from core.values.numbers import thousands
from core.values.text import N_, clean
from core.values.week import local_date
from core.web.extensions import db, keyring
from core.web.importing import import_file

commune_cli = AppGroup("commune", help=N_("Đơn vị hành chính."))
CODE_DIGITS = 10
LONGEST_NAME = 100
_MEND = N_("Chưa nhập gì. Xin sửa các dòng có lỗi rồi chạy lại.")


@commune_cli.command("load")
def load_command() -> None:
    """Nạp đơn vị hành chính cả nước; nạp lại thì không thay đổi gì."""
    summary = load_at_terminal(db.session, read_country(), local_date(now()))
    db.session.commit()
    click.echo(summary)


@commune_cli.command("find")
@click.argument("text")
@click.option(
    "--limit", type=click.IntRange(1, 200), default=20, show_default=True, help=N_("Nhiều nhất bao nhiêu đơn vị.")
)
def find_command(text: str, limit: int) -> None:
    """Tìm đơn vị theo tên TEXT: không cần dấu, không cần chữ xã, phường; tên cũ cũng tìm thấy."""
    found = search_units(db.session, text, limit=limit)
    if not found:
        raise click.ClickException(gettext("Không thấy đơn vị nào tên là “%(text)s”.", text=clean(text)))
    heirs = successors_of(db.session, [each.unit.id for each in found if each.unit.valid_to])
    for each in found:
        click.echo(_unit_line(each, heirs.get(each.unit.id, [])))


def _unit_line(found: FoundUnit, heirs: list[Unit]) -> str:
    """Return a unit in one line: code, name, parents, period, other names, successors."""
    unit = found.unit
    where = ", ".join([unit.name, *(parent.name for parent in found.parents)])
    once = gettext("; tên khác: %(once)s", once=found.once) if found.once else ""
    became = f"; nay: {', '.join(heir.name for heir in heirs)}" if heirs else ""
    return f"{unit.code:<12}{where} ({era(unit.valid_from, unit.valid_to)}{once}{became})"


@commune_cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help=N_("Chỉ báo cáo, không nhập gì."))
@click.option("--all", "every", is_flag=True, help=N_("In mọi dòng của báo cáo."))
def import_command(file: Path, dry_run: bool, every: bool) -> None:
    """Nhập từ bảng tính FILE (CSV, XLSX): tên và loại mới, số dân, thôn, cơ quan, trường; nhập lại thì không đổi gì."""
    context = ImportContext(db.session, keyring(), None, now())
    settle_names(db.session, context.today)
    stored = import_file(
        UnitSheets,
        context,
        file,
        dry_run=dry_run,
        shown=sys.maxsize if every else SHOWN,
        hint=_MEND,
        is_strict=True,
    )
    if stored is not None:
        click.echo(say(UnitSheets.words.done, {}, n=thousands(stored)) if stored else gettext("Không có gì thay đổi."))


@commune_cli.command("template")
@click.argument("file", type=click.Path(path_type=Path))
def template_command(file: Path) -> None:
    """Ghi mẫu bảng tính đơn vị vào FILE (XLSX)."""
    file.write_bytes(template())
    click.echo(f"{file}")


@commune_cli.command("add")
@click.argument("code")
@click.argument("name")
@click.option(
    "--kind", type=click.Choice(KINDS), required=True, help=N_("Loại đơn vị: tỉnh là province, xã là commune…")
)
@click.option("--parent", help=N_("Mã đơn vị cấp trên."))
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help=N_("Có hiệu lực từ ngày (mặc định hôm nay)."))
def add_command(code: str, name: str, kind: str, parent: str | None, since: datetime | None) -> None:
    """Thêm đơn vị mang mã CODE và tên đầy đủ NAME, ví dụ 02266 "xã Lâm Bình"."""
    name = clean(name)
    if not (code.isascii() and code.isdigit() and len(code) <= CODE_DIGITS):
        raise click.ClickException(gettext("Mã đơn vị chỉ gồm chữ số, ví dụ 02266."))
    if not 0 < len(name) <= LONGEST_NAME:
        raise click.ClickException(
            gettext("Xin ghi tên đầy đủ của đơn vị, không quá %(longest_name)s chữ.", longest_name=LONGEST_NAME)
        )
    valid_from = since.date() if since else local_date(now())
    _add(code, name, kind, valid_from, _parent(parent))
    click.echo(
        gettext(
            "Đã thêm %(name)s, mã %(code)s, từ %(valid_from)s.",
            name=name,
            code=code,
            valid_from=f"{valid_from:%d/%m/%Y}",
        )
    )


def _parent(code: str | None) -> Unit | None:
    found = find_unit(db.session, code) if code else None
    if code and found is None:
        raise click.ClickException(gettext("Không có đơn vị nào mang mã %(code)s.", code=code))
    return found


def _add(code: str, name: str, kind: str, valid_from: date, parent: Unit | None) -> None:
    bearer = find_unit(db.session, code)
    if bearer is not None and (bearer.valid_to is None or bearer.valid_to > valid_from):
        raise click.ClickException(gettext("Mã %(code)s đang là của %(name)s.", code=code, name=bearer.name))
    try:
        add_unit(db.session, code=code, kind=kind, name=name, valid_from=valid_from, parent=parent)
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException(gettext("Mã %(code)s đã có từ ngày này.", code=code)) from error
