"""The terminal's door to units."""

from datetime import date, datetime

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from commune.models import KINDS, Unit
from commune.operations import create_unit
from commune.queries import find_unit
from core.clock import now
from core.values.text import clean
from core.values.week import local_date
from core.web.extensions import db

commune_cli = AppGroup("commune", help="Đơn vị hành chính.")
CODE_DIGITS = 10
LONGEST_NAME = 100


@commune_cli.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="Loại đơn vị: tỉnh là province, xã là commune…")
@click.option("--parent", help="Mã đơn vị cấp trên.")
@click.option("--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="Có hiệu lực từ ngày (mặc định hôm nay).")
def add_command(code: str, name: str, kind: str, parent: str | None, since: datetime | None) -> None:
    """Thêm đơn vị mang mã CODE và tên đầy đủ NAME, ví dụ 02266 "xã Lâm Bình"."""
    name = clean(name)
    if not (code.isascii() and code.isdigit() and len(code) <= CODE_DIGITS):
        raise click.ClickException("Mã đơn vị chỉ gồm chữ số, ví dụ 02266.")
    if not 0 < len(name) <= LONGEST_NAME:
        raise click.ClickException(f"Xin ghi tên đầy đủ của đơn vị, không quá {LONGEST_NAME} chữ.")
    valid_from = since.date() if since else local_date(now())
    _add(code, name, kind, valid_from, _parent(parent))
    click.echo(f"Đã thêm {name}, mã {code}, từ {valid_from:%d/%m/%Y}.")


def _parent(code: str | None) -> Unit | None:
    found = find_unit(db.session, code) if code else None
    if code and found is None:
        raise click.ClickException(f"Không có đơn vị nào mang mã {code}.")
    return found


def _add(code: str, name: str, kind: str, valid_from: date, parent: Unit | None) -> None:
    bearer = find_unit(db.session, code)
    if bearer is not None and (bearer.valid_to is None or bearer.valid_to > valid_from):
        raise click.ClickException(f"Mã {code} đang là của {bearer.name}.")
    try:
        create_unit(db.session, code=code, kind=kind, name=name, valid_from=valid_from, parent=parent)
        db.session.commit()
    except IntegrityError as error:
        db.session.rollback()
        raise click.ClickException(f"Mã {code} đã có từ ngày này.") from error
