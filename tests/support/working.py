"""A worker in its own process, with jobs whose effects can be counted: each writes its rows one by one.

python -m tests.support.working DATABASE_URL FOLDER SECONDS
"""

import sys
import time
from datetime import timedelta
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


def main(database_url: str, folder: str, lease: float) -> None:
    queue.LEASE = timedelta(seconds=lease)
    queue.MOST_ATTEMPTS = 1000
    app = create_app(Settings(Path(folder), database_url, "http://127.0.0.1", frozenset(), "Lắng Nghe"))
    app.extensions["jobs"] = {"count": count}
    worker = Worker(app)
    worker.listen()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    worker.work()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
