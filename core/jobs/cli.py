"""The terminal's door to jobs."""

import click
from flask import current_app
from flask.cli import with_appcontext

from core.instance_check import schema_fault
from core.jobs.worker import Worker
from core.web.extensions import db


@click.command("worker")
@click.option("--once", is_flag=True, help="Làm nhiều nhất một việc, gửi nhiều nhất một tin, rồi dừng.")
@click.option("--burst", is_flag=True, help="Làm hết những gì đến hạn rồi dừng.")
@click.option("--beside", type=int, metavar="PID", help="Dừng khi tiến trình PID, bên đã mở nó, không còn nữa.")
@with_appcontext
def worker_command(once: bool, burst: bool, beside: int | None) -> None:
    """Làm các việc chạy nền: nhập bảng, vẽ tờ treo, gửi thư, việc hằng ngày. Dừng bằng Ctrl+C."""
    fault = schema_fault(db.engine)
    if fault is not None:
        raise click.ClickException(fault)
    worker = Worker(current_app._get_current_object(), parent=beside)  # type: ignore[attr-defined]
    worker.listen()
    worker.work(is_once=once, is_burst=burst)
