"""Store a job's result file in sealed pieces, and read it back piece by piece."""

import uuid
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from core.crypto import Keyring, seal_bytes, unseal_bytes
from core.jobs.models import JobPart

PIECE = 512 * 1024


def store_file(session: Session, keyring: Keyring, job_id: uuid.UUID, file: Path) -> int:
    """Store *file* as the job's result; returns its bytes. Memory holds a piece at a time."""
    session.execute(delete(JobPart).where(JobPart.job_id == job_id))
    key, number, size = keyring.key("job-result"), 0, 0
    with file.open("rb") as stream:
        while piece := stream.read(PIECE):
            sealed = seal_bytes(key, piece, about=_about(job_id, number))
            session.execute(insert(JobPart), [{"job_id": job_id, "number": number, "sealed": sealed}])
            number, size = number + 1, size + len(piece)
    return size


def read_file(session: Session, keyring: Keyring, job_id: uuid.UUID) -> Iterator[bytes]:
    """Yield the pieces of the job's result in order, fetching each when it is needed."""
    key, number = keyring.key("job-result"), 0
    while True:
        query = select(JobPart.sealed).where(JobPart.job_id == job_id, JobPart.number == number)
        sealed = session.scalar(query)
        if sealed is None:
            return
        yield unseal_bytes(key, sealed, about=_about(job_id, number))
        number += 1


def _about(job_id: uuid.UUID, number: int) -> bytes:
    return job_id.bytes + number.to_bytes(4, "big")
