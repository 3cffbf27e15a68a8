"""Files to download, under a name without marks, as old phones and proxies want it, and cached by nobody."""

from flask import Response

from core.docx import DOCX
from core.values.text import search_key

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(content: bytes, name: str) -> Response:
    """A workbook to download under *name* (letters without marks, as old phones and proxies want them)."""
    return _download(content, XLSX, f"{name}.xlsx")


def csv(content: bytes, name: str) -> Response:
    """A CSV to download under *name*, as `xlsx`."""
    return _download(content, "text/csv", f"{name}.csv")


def word_file(content: bytes, name: str) -> Response:
    """A Word document to download under *name*, as `xlsx`."""
    return _download(content, DOCX, f"{name}.docx")


def _download(content: bytes, kind: str, name: str) -> Response:
    plain = "-".join(search_key(name).split())
    headers = {"Content-Disposition": f'attachment; filename="{plain}"', "Cache-Control": "no-store"}
    return Response(content, mimetype=kind, headers=headers)
