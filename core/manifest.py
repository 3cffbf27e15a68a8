"""The manifest of the machinery: its pages, commands, jobs and what it keeps."""

from flask import Flask

from core import cli, erasure_log, housekeeping, instance
from core.jobs import daily
from core.values.text import N_
from core.web import health
from core.web import jobs as job_pages
from core.web.extensions import db, settings
from core.web.rooms import NavLink, Room


def _keep_erasures(app: Flask) -> None:
    """Let every erasure be written to the file beside the database."""
    with app.app_context():
        erasure_log.keep_in(db.sessionmaker, settings().instance_path / erasure_log.FILE)


ROOM = Room(
    name="core",
    blueprints=(job_pages.blueprint, health.blueprint),
    commands=cli.COMMANDS,
    navigation=(NavLink("jobs.jobs", "console.see", N_("Việc chạy nền"), 10, is_operation=True),),
    audit_actions={"backup.restore": N_("Phục hồi từ bản sao lưu")},
    audit_fields={
        "file": N_("tệp"),
        "made_at": N_("lúc sao lưu"),
        "with_erased": N_("lấy lại cả người đã xóa"),
    },
    jobs={daily.KIND: daily.run},
    retention=housekeeping.RETENTION,
    at_setup=(instance.remember_key, instance.name_instance),
    after_restore=(instance.rename_instance,),
    init_app=_keep_erasures,
)
