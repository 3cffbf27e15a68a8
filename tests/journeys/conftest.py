"""A village behind a real server, and a phone with and without scripts."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, expect
from sqlalchemy.orm import Session

from account.rules.permissions import Role
from app import create_app
from commune.models import Unit
from core import schema
from core.crypto import Keyring
from core.settings import Settings
from core.web.extensions import db
from tests.factories import make_account
from tests.journeys.steps import PHONE, PUBLIC_URL, heading
from tests.support.postgres import cluster_folder
from tests.support.serving import serving
from tests.support.staff import COOKIE, cookie_of

collect_ignore = [] if os.environ.get("LONG") else ["test_markup.py", "test_eight_weeks.py", "test_every_scene.py"]
"""They take long, and the HTML checker needs npm and java."""
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


@dataclass
class Village:
    """A served instance, with a session for adding rows."""

    app: Flask
    url: str

    @property
    def keyring(self) -> Keyring:
        found: Keyring = self.app.extensions["keyring"]
        return found

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Yield a session whose changes the server sees after the block."""
        with self.app.app_context():
            db.session.expire_on_commit = False
            yield db.session
            db.session.commit()


@contextmanager
def founded(folder: Path, database_url: str) -> Iterator[Village]:
    app = create_app(Settings(folder, database_url, PUBLIC_URL, frozenset(), "Lắng Nghe"))
    with app.app_context():
        schema.upgrade(db.engine)
    with serving(folder, database_url, PUBLIC_URL=PUBLIC_URL) as live:
        yield Village(app, live.url)
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(scope="session")
def villages(request: pytest.FixtureRequest) -> Iterator[Callable]:
    """Yield a function that returns the village on a database, made on its first call."""
    found: dict[str, Village] = {}
    with ExitStack() as stack:

        def village_on(backend: str) -> Village:
            if backend not in found:
                folder = Path(stack.enter_context(TemporaryDirectory(dir=cluster_folder())))
                url = f"sqlite:///{folder / 'village.sqlite3'}"
                if backend == "postgresql":
                    url = request.getfixturevalue("postgres_server").copied()
                found[backend] = stack.enter_context(founded(folder, url))
            return found[backend]

        yield village_on


@pytest.fixture
def village(villages: Callable, request: pytest.FixtureRequest) -> Village:
    """Return the village, on SQLite unless the test says otherwise."""
    return villages(getattr(request, "param", "sqlite"))


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Return whether the phone runs scripts."""
    return bool(request.param)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Return the options of the system's chromium; its headless shell opens a page in a quarter of the time."""
    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return {"executable_path": program, "args": QUIET}


@pytest.fixture
def browser_context_args(request: pytest.FixtureRequest) -> dict[str, object]:
    """Return the options of a small phone in Vietnamese, without scripts where the test asks for that."""
    has_scripts = request.getfixturevalue("scripts") if "scripts" in request.fixturenames else True
    return {
        "viewport": PHONE, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh", "reduced_motion": "reduce",
        "java_script_enabled": has_scripts,
    }  # fmt: skip


@pytest.fixture
def context(new_context: Callable[[], BrowserContext]) -> BrowserContext:
    """Return the phone's browser, with a timeout of five seconds instead of thirty."""
    context = new_context()
    context.set_default_timeout(5_000)
    return context


@pytest.fixture
def desk(village: Village, new_context: Callable[[], BrowserContext]) -> Callable[[Role, Unit], Page]:
    """Return a function that signs in an account with a role in a unit, in a second browser."""

    def signed_in(role: Role, unit: Unit) -> Page:
        with village.session() as session:
            email = make_account(session, role=role, unit=session.merge(unit)).email
        context = new_context()
        context.set_default_timeout(5_000)
        context.add_cookies([{"name": COOKIE, "value": cookie_of(village.app, email), "url": village.url}])
        page = context.new_page()
        page.goto(f"{village.url}/quan-tri/")
        expect(heading(page)).to_contain_text("Hôm nay")
        return page

    return signed_in
