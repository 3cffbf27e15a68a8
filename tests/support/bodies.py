"""Response bodies as comparable text, without values that are random for each request."""

import hashlib
import io
import re
import zipfile

import pypdfium2

from tests.support.sheets import texts_on

OPAQUE = re.compile(r"<input [^>]*name=\"(?:csrf_token|form_token|key|seen|start)\"[^>]*>")
"""Hidden fields whose values mean nothing to a reader: tokens, keys, digests of previews."""
RANDOM = (
    (re.compile(r"<style>.*?</style>", re.DOTALL), "<style></style>"),
    (OPAQUE, ""),
    (re.compile(r'(integrity=")[^"]*'), r"\1"),
    (re.compile(r"(/static/[^\"?]*\?v=)[^\"&]*"), r"\1"),
)
"""Parts that differ for each request, or change with a style or a script."""
WRITTEN_AT = "docProps/core.xml"


def as_text(kind: str, body: bytes) -> str:
    """Return *body* of the media type *kind* as text: workbooks and documents unpacked, posters read, others as a
    digest.
    """
    if kind.endswith("pdf"):
        return _pdf(body)
    if zipfile.is_zipfile(io.BytesIO(body)):
        return _zip(body)
    if kind.startswith("text/") or kind.endswith(("json", "svg+xml", "xml")):
        text = body.decode()
        for pattern, kept in RANDOM if kind == "text/html" else ():
            text = pattern.sub(kept, text)
        return text
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


def _zip(body: bytes) -> str:
    """Return the parts of a workbook or a document, except the time when it was written."""
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        names = sorted(name for name in parts.namelist() if name != WRITTEN_AT)
        return "\n".join(f"== {name}\n{_part(parts.read(name))}" for name in names)


def _part(content: bytes) -> str:
    try:
        return content.decode().replace("><", ">\n<")
    except UnicodeDecodeError:
        return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _pdf(body: bytes) -> str:
    """Return the texts of the pages, their size, and the contents of their QR codes."""
    lines = []
    with pypdfium2.PdfDocument(body) as document:
        for page in document:
            codes = sorted(texts_on(page))
            lines += [
                f"== {page.get_width():.0f} × {page.get_height():.0f}",
                page.get_textpage().get_text_range(),
                *codes,
            ]
    return "\n".join(lines)
