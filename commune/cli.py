"""The terminal's door to units."""

from datetime import date, datetime

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from commune.files.country import read_country
from commune.models import KINDS, Unit
from commune.operations import create_unit
from commune.operations.country import load_country
from commune.operations.units import settle_names
from commune.queries import find_unit
from core.clock import now
from core.values.numbers import thousands
from core.values.text import clean
from core.values.week import local_date
from core.web.extensions import db

commune_cli = AppGroup("commune", help="Đơn vị hành chính.")
CODE_DIGITS = 10
LONGEST_NAME = 100


def load(session: Session, today: date) -> str:
    """A duty at set-up: the country is there, and called what it is called today."""
    loaded = load_country(session, read_country())
    settle_names(session, today)
    if not loaded.units and not loaded.successions and not loaded.headcounts:
        return "Đơn vị hành chính cả nước: đã có đủ, không thay đổi gì."
    return (
        f"Đơn vị hành chính cả nước: thêm {thousands(loaded.units)} đơn vị (trước và sau 1/7/2025), "
        f"{thousands(loaded.successions)} liên hệ cũ – mới, {thousands(loaded.headcounts)} số dân."
    )


def settle(session: Session, today: date) -> str:
    """A daily duty: a name that lay ahead takes effect."""
    return f"Đơn vị đổi tên hoặc đổi loại từ hôm nay: {thousands(settle_names(session, today))}."


@commune_cli.command("load")
def load_command() -> None:
    """Nạp đơn vị hành chính cả nước; nạp lại thì không thay đổi gì."""
    told = load(db.session, local_date(now()))
    db.session.commit()
    click.echo(told)


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
