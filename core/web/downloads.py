"""Send files to download: with ASCII names, which old phones and proxies need, and without caching."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from io import BytesIO
from typing import IO, cast

from flask import Response, send_file, stream_with_context

from core.docx import DOCX
from core.sheets.writing import csv_pieces
from core.values.text import search_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Pieces:
    """A file object that yields pieces of any size."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def read(self, _size: int = -1) -> bytes:
        return next(self._pieces, b"")

    def close(self) -> None:
        if isinstance(self._pieces, Generator):
            self._pieces.close()


def xlsx(content: bytes, name: str) -> Response:
    """Send a workbook, named *name*."""
    return download(content, XLSX, f"{name}.xlsx")


def csv(content: bytes, name: str) -> Response:
    """Send a CSV, named *name*."""
    return download(content, "text/csv", f"{name}.csv")


def csv_stream(rows: Iterable[Sequence[object]], name: str) -> Response:
    """Send *rows* as a CSV, named *name*, while they are read: neither the rows nor the file are in memory as a whole.

    The head is read in the view, so that the application's context, and with it the database session of *rows*, stays
    until the last row is sent or the client has gone. What may refuse the request is done before.
    """
    pieces = stream_with_context(csv_pieces(rows))
    return _send(cast(IO[bytes], _Pieces(_begun(next(pieces, b""), pieces))), "text/csv", f"{name}.csv")


def _begun(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def word_file(content: bytes, name: str) -> Response:
    """Send a Word document, named *name*."""
    return download(content, DOCX, f"{name}.docx")


def download(content: bytes, media_type: str, name: str) -> Response:
    """Send *content* as an attachment, named *name* with its ending."""
    return _send(BytesIO(content), media_type, name)


def download_pieces(pieces: Iterator[bytes], size: int, media_type: str, name: str) -> Response:
    """Send *pieces*, *size* bytes in all, as an attachment, one at a time as they are read."""
    reply = _send(cast(IO[bytes], _Pieces(pieces)), media_type, name)
    reply.content_length = size
    return reply


def _send(file: IO[bytes], media_type: str, name: str) -> Response:
    stem, _dot, ending = name.rpartition(".")
    plain = "-".join(search_key(stem).split())
    reply = send_file(file, media_type, as_attachment=True, download_name=f"{plain}.{ending}", conditional=False)
    reply.headers["Cache-Control"] = "no-store"
    return reply
