"""A worker with jobs whose effects can be counted: each writes its rows one after the other."""

import time
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from sqlalchemy import text

from app import create_app
from core.commands.worker import Worker
from core.jobs import JobOutcome, JobTask, queue
from core.settings import Settings

ROWS = 4
COUNTED = "CREATE TABLE counted (job VARCHAR(40), number INTEGER)"


def count(task: JobTask) -> JobOutcome:
    """Write row after row with a pause in between, as an import does; the table allows duplicates."""
    for step in range(2):
        task.progress(step, ROWS, "dòng")
        time.sleep(task.payload["seconds"])
    task.hold()
    for number in range(ROWS):
        task.session.execute(text("INSERT INTO counted VALUES (:job, :number)"), {"job": task.id.hex, "number": number})
        time.sleep(task.payload["seconds"])
        task.progress(number, ROWS, "dòng")
    return JobOutcome("Đã đếm.")


def work(database_url: str, folder: Path, lease: float, says: Connection) -> None:
    """Work in this process until it is stopped; *says* hears of it when the signals are listened to."""
    queue.LEASE = timedelta(seconds=lease)
    queue.MOST_ATTEMPTS = 1000
    app = create_app(Settings(folder, database_url, "http://127.0.0.1", frozenset(), "Lắng Nghe"))
    app.extensions["jobs"] = {"count": count}
    worker = Worker(app)
    worker.listen()
    says.send("ready")
    worker.work()
