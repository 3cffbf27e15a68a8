"""The manifest of core: its pages, commands, jobs and retention rules."""

from flask import Flask
from flask_babel import lazy_gettext as _

from core import erasure_log, instance
from core.commands import cli, daily, housekeeping
from core.messages import outbox
from core.values.text import N_
from core.web import extensions, health, letters
from core.web import jobs as job_pages
from core.web.extensions import db, settings
from core.web.rooms import NavLink, Room


def _plug_in(app: Flask) -> None:
    """Configure the sessions: the file of the erasure log, and the outbox."""
    with app.app_context():
        erasure_log.keep_in(db.sessionmaker, settings().instance_path / erasure_log.FILE)
        setup = outbox.OutboxSetup(extensions.settings, extensions.keyring, letters.render_letter)
        outbox.configure(db.sessionmaker, setup)


ROOM = Room(
    name="core",
    blueprints=(job_pages.blueprint, health.blueprint),
    commands=cli.COMMANDS,
    navigation=(NavLink("jobs.jobs", "job.list", _("Việc chạy nền"), 10, is_operation=True, icon="clock"),),
    audit_actions={"backup.restore": N_("Phục hồi từ bản sao lưu")},
    audit_fields={
        "file": N_("tệp"),
        "made_at": N_("lúc sao lưu"),
        "with_erased": N_("lấy lại cả người đã xóa"),
    },
    jobs={daily.KIND: daily.run},
    retention=housekeeping.RETENTION,
    at_setup=(instance.name_instance,),
    after_restore=(instance.rename_instance,),
    init_app=_plug_in,
)
