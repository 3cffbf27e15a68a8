"""Draw the posters of many offices, a file per office, in several processes; a file is whole or absent."""

import os
import re
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, as_completed, wait
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy.orm import Session

from core.crypto import Keyring
from survey.counter.documents import posters_of
from survey.counter.documents.poster import Poster, Words, mark_of, posters_pdf
from survey.counter.queries.counters import list_open_counters

AHEAD = 8
"""Files that wait for each process: enough to keep it busy, too few to fill the memory."""


AT_ONCE = 50
"""Offices read from the database together."""
Style = tuple[str, Words | None, str]
"""The kind of sheet, the second language, and what of both goes into a file's name."""


@dataclass(frozen=True)
class PosterFile:
    """A file to draw, and the posters in it."""

    file: Path
    posters: Sequence[Poster]
    sheet: str
    second: Words | None = None


def files_of(
    session: Session, keyring: Keyring, public_url: str, ids: list[int], folder: Path, style: Style
) -> Iterator[PosterFile]:
    """Yield one file to draw for each office of *ids*; the session is closed between two batches."""
    sheet, second, name = style
    for at in range(0, len(ids), AT_ONCE):
        counters = list_open_counters(session, ids[at : at + AT_ONCE])
        pairs = zip(counters, posters_of(session, keyring, public_url, counters), strict=True)
        made = [
            (slug, [poster for _, poster in group])
            for slug, group in groupby(pairs, key=lambda pair: pair[0].office.slug)
        ]
        session.close()
        for slug, posters in made:
            yield PosterFile(folder / f"{re.sub('[^a-z0-9-]', '-', slug)}-{name}.pdf", posters, sheet, second)


def draw_all(jobs: Iterable[PosterFile], *, workers: int, again: bool = False) -> Iterator[bool]:
    """Draw *jobs* in any order; yield for each whether it was drawn (False: the file already showed these posters).

    Raises:
        OSError: a file could not be written; those already there are whole.
        BrokenProcessPool: a process was killed; the same.
    """
    draw = partial(draw_file, again=again)
    if workers == 1:
        yield from map(draw, jobs)
        return
    # Spawned, not forked: a forked process would share the database connection.
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_leave_interrupts_to_the_parent) as pool:
        waiting: set[Future[bool]] = set()
        try:
            for job in jobs:
                waiting.add(pool.submit(draw, job))
                if len(waiting) >= AHEAD * workers:
                    done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in done)
            yield from (future.result() for future in as_completed(waiting))
        finally:
            pool.shutdown(cancel_futures=True)


def draw_file(job: PosterFile, *, again: bool = False) -> bool:
    """Draw *job* unless its file already shows the same posters and *again* is not set; return whether it was drawn."""
    if not again and _is_there(job):
        return False
    drawn = posters_pdf(job.posters, job.sheet, job.second)
    draft = job.file.with_name(f".{job.file.name}.{os.getpid()}")
    try:
        draft.write_bytes(drawn)
        draft.chmod(0o644)  # a poster is public, and another account may print it
        draft.replace(job.file)
    finally:
        draft.unlink(missing_ok=True)
    return True


def _is_there(job: PosterFile) -> bool:
    """Whether the file is whole and carries the mark of these posters; a replaced code changes the mark."""
    try:
        content = job.file.read_bytes()
    except FileNotFoundError:
        return False
    return content.endswith(b"%%EOF\n") and mark_of(job.posters, job.sheet, job.second).encode() in content


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
