"""Measure a wrong sign-in for a known and for an unknown address: python -m bench.sign_in."""

import re
import statistics
import tempfile
import time
from pathlib import Path

from flask.testing import FlaskClient

from account.rules.permissions import Role
from core import schema
from core.settings import Settings
from core.web.extensions import db
from tests.factories import make_account

TIMES, WARM = 150, 10
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
PATH = "/quan-tri/dang-nhap"


def guess(client: FlaskClient, email: str, number: int) -> float:
    """Return the milliseconds of one wrong attempt, from an address of its own to avoid the throttle."""
    token = TOKEN.search(client.get(PATH).text)
    assert token is not None
    data = {"csrf_token": token[1], "email": email, "password": "khong phai mat khau"}
    started = time.perf_counter()
    reply = client.post(PATH, data=data, environ_base={"REMOTE_ADDR": f"10.{number >> 8 & 255}.{number & 255}.9"})
    taken = 1000 * (time.perf_counter() - started)
    assert reply.status_code == 422, reply.status_code
    return taken


def measure(client: FlaskClient, known: str) -> dict[str, list[float]]:
    """Measure both kinds of attempt, interleaved, so that a slow machine slows both alike."""
    found: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(TIMES + WARM):
        first, second = ("known", "unknown") if number % 2 else ("unknown", "known")
        for at, kind in enumerate((first, second)):
            email = known if kind == "known" else f"la{number}@lang-nghe.example"
            taken = guess(client, email, 2 * number + at)
            if number >= WARM:
                found[kind].append(taken)
    return found


def run(folder: Path) -> None:
    """Print both distributions side by side."""
    from app import create_app  # noqa: PLC0415 - the application reads its settings when it is assembled

    file = folder / "sign-in.sqlite3"
    app = create_app(Settings(folder, f"sqlite:///{file}", "http://127.0.0.1:8000", frozenset(), "Lắng Nghe"))
    with app.app_context():
        schema.upgrade(db.engine)
        known = make_account(db.session, role=Role.MANAGER).email
        db.session.commit()
    found = measure(app.test_client(), known)
    print(f"wrong password, ms, n = {TIMES} each         p10      p50      p90")
    for kind, words in (("known", "address with an account"), ("unknown", "address without one")):
        tenths = statistics.quantiles(found[kind], n=10)
        print(f"{words:<36}{tenths[0]:8.2f} {statistics.median(found[kind]):8.2f} {tenths[8]:8.2f}")
    ratio = statistics.median(found["known"]) / statistics.median(found["unknown"])
    print(f"median known / median unknown       {ratio:8.3f}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        run(Path(place))
