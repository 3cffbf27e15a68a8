"""One instance per test process and database: the application is built once, its folder and data are renewed per test.

What costs time is that a new engine compiles every statement and connects for the first time. So the application, the
engine and the addresses of both stay, and each test finds an empty folder, an empty database at the newest schema, and
the initial configuration.
"""

import shutil
from collections.abc import Callable
from pathlib import Path

from app import create_app
from core.instance_check import key_file
from core.settings import Settings
from core.web.extensions import db
from survey.figures.queries import province, shown


class Instance:
    """An application with its folder and its database."""

    def __init__(self, folder: Path, database_url: str, copy_database: Callable[[str], object]) -> None:
        self.copy_database = copy_database
        self.settings = Settings(
            instance_path=folder,
            database_url=database_url,
            public_url="http://lang-nghe.example",
            trusted_proxies=frozenset({"127.0.0.1"}),
            brand="Lắng Nghe",
        )
        self.app = create_app(self.settings)
        self.app.testing = True
        self.key = key_file(self.settings).read_bytes()
        self.config, self.extensions = dict(self.app.config), copied(self.app.extensions)

    def renew(self, template: str) -> None:
        """Restore everything to the state before the first test, with a database like *template*."""
        self.disconnect()
        folder = self.settings.instance_path
        shutil.rmtree(folder)
        folder.mkdir(mode=0o700)
        key_file(self.settings).write_bytes(self.key)
        key_file(self.settings).chmod(0o600)
        self.copy_database(template)
        replace_contents(self.app.config, self.config)
        replace_contents(self.app.extensions, copied(self.extensions))

    def disconnect(self) -> None:
        """Close the connections that a test opened; the engine keeps its compiled statements.

        What is kept by database goes: the next database is another one, with the same engine, ids and first version.
        """
        with self.app.app_context():
            db.engine.dispose()
            for kept in (province._KEPT, shown._KEPT):
                kept.pop(db.engine, None)


def copied(extensions: dict[str, object]) -> dict[str, object]:
    """Return the extensions' state with copied registries, so that a test may replace a handler in one."""
    return {name: dict(kept) if type(kept) is dict else kept for name, kept in extensions.items()}


def replace_contents(kept: dict[str, object], wanted: dict[str, object]) -> None:
    """Make *kept* equal to *wanted* in place."""
    kept.clear()
    kept.update(wanted)
