"""Re-encode an uploaded picture in a child process with limits on memory and time.

Only pixels are taken over: no second file, location, script or name. A file that crashes its reader crashes the
child, and the sender gets an error; no other request is affected.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys
import zipfile
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

from core.values.text import N_

ROOT = Path(__file__).resolve().parents[1]
MEMORY = 1 << 30
"""Bytes of address space: the largest picture that is taken needs about 0,5 GB."""
SECONDS = 20
MOST_DOTS = 25_000_000
LARGE, SMALL, LEAST = 512, 96, 96
"""Longest side in pixels of the printed picture, of the one on pages, and the least that is accepted."""
LIGHT = 8_000
"""Bytes above which a small picture is reduced to 256 colours, so that none exceeds 10 kB."""
WIDE, TINY = 1280, 24
"""Longest side in pixels of a picture beside a text, and the least that is accepted of it."""
HEAVY = 60_000
"""Bytes that no picture beside a text exceeds."""
QUALITIES = (80, 62, 45)
"""The qualities tried one after the other until a picture is light enough; then it is made smaller."""
AT_ONCE = 2
"""Children that work at the same time for one file."""

LOGO, PHOTO = "logo", "photo"
_FORMATS = ("PNG", "JPEG", "WEBP")
_BEGIN = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_AGAIN = N_("Xin mở hình bằng chương trình xem ảnh, lưu lại thành PNG rồi chọn tệp vừa lưu.")
WORDS = {
    "kind": N_("Chỉ nhận hình PNG, JPEG hoặc WebP.") + " " + _AGAIN,
    "broken": N_("Tệp hình bị hỏng hoặc thiếu phần cuối.") + " " + _AGAIN,
    "double": N_("Trong tệp hình có lẫn một tệp khác.") + " " + _AGAIN,
    "large": N_("Hình quá lớn. Xin thu nhỏ sao cho cạnh dài không quá 5.000 điểm ảnh rồi chọn lại."),
    "small": N_("Hình quá nhỏ, in ra sẽ nhòe. Xin chọn hình có cạnh dài từ 96 điểm ảnh trở lên."),
    "tiny": N_("Hình nhỏ quá, không xem được. Xin chọn hình có cạnh dài từ 24 điểm ảnh trở lên."),
}


class BadPicture(ValueError):
    """The upload is no picture that is accepted; the text gives the reason and the remedy."""


class _PictureRefused(Exception):
    """The child refuses the picture; the argument is a key of `WORDS`."""


@dataclass(frozen=True)
class Drawn:
    """A picture as PNG in two sizes: for print and for pages."""

    large: bytes
    small: bytes


@dataclass(frozen=True)
class WebPicture:
    """A picture as WebP, at most `WIDE` pixels on its longer side and `HEAVY` bytes, with its size in pixels."""

    data: bytes
    width: int
    height: int


def redraw(data: bytes) -> Drawn:
    """Return the first picture of a PNG, JPEG or WebP file, upright, in sRGB, without any metadata.

    Raises:
        BadPicture: the content is no such file, is damaged, also holds another file, is too large or too small.
    """
    (first,), pictures = _of_child(LOGO, data)
    return Drawn(pictures[:first], pictures[first:])


def redraw_photo(data: bytes) -> WebPicture:
    """Return the first picture of a PNG, JPEG or WebP file as `redraw` does, light enough for a page of questions.

    Raises:
        BadPicture: as `redraw` does.
    """
    (width, height), picture = _of_child(PHOTO, data)
    return WebPicture(picture, width, height)


def redraw_photos(files: Collection[bytes]) -> list[WebPicture | BadPicture]:
    """Return what `redraw_photo` makes of each of *files*, or why it refuses it, in their order."""

    def one(data: bytes) -> WebPicture | BadPicture:
        try:
            return redraw_photo(data)
        except BadPicture as refusal:
            return refusal

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(one, files))


def _of_child(kind: str, data: bytes) -> tuple[list[int], bytes]:
    """Return the numbers and the bytes that a child makes of *data*. Raises BadPicture."""
    command = [sys.executable, "-m", "core.images", kind]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, cwd=ROOT, env={}, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=2 * SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise BadPicture(WORDS["large"]) from error
    status, _, pictures = done.stdout.partition(b"\n")
    numbers = status.split()
    if numbers and all(each.isdigit() for each in numbers):
        return [int(each) for each in numbers], pictures
    raise BadPicture(WORDS.get(status.decode("ascii", "replace"), WORDS["large"]))  # no output: the child was killed


def _main(kind: str) -> None:
    """Run the child process: read a file, write a line of numbers and the pictures, or the reason why not.

    The numbers are the length of the first of two pictures, or the width and the height of the only one.
    """
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(what, (most, most))
    data = sys.stdin.buffer.read()
    try:
        output = _logo_output(data) if kind == LOGO else _photo_output(data)
    except _PictureRefused as refusal:
        output = str(refusal).encode()
    sys.stdout.buffer.write(output)


def _logo_output(data: bytes) -> bytes:
    drawn = _drawn(data)
    return b"%d\n%b%b" % (len(drawn.large), drawn.large, drawn.small)


def _photo_output(data: bytes) -> bytes:
    photo = _photo(data)
    return b"%d %d\n%b" % (photo.width, photo.height, photo.data)


def _photo(data: bytes) -> WebPicture:
    """Return the picture as light as it has to be: a drawing exact where that is light, else with less detail."""
    opened = _opened(data, least=TINY, refusal="tiny", shrink=WIDE)
    picture = _bare(opened)
    picture.thumbnail((WIDE, WIDE), Image.Resampling.LANCZOS)
    exact = _webp(picture, lossless=True) if opened.format != "JPEG" else None
    if exact is not None and len(exact) <= HEAVY:
        return WebPicture(exact, *picture.size)
    while True:
        for quality in QUALITIES:
            made = _webp(picture, quality=quality)
            if len(made) <= HEAVY:
                return WebPicture(made, *picture.size)
        picture.thumbnail((picture.width * 3 // 4, picture.height * 3 // 4), Image.Resampling.LANCZOS)


def _webp(picture: Image.Image, **how: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, "WEBP", method=4, **how)
    return file.getvalue()


def _drawn(data: bytes) -> Drawn:
    picture = _bare(_opened(data))
    picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
    small = picture.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    shown = _png(small)
    if len(shown) > LIGHT:
        shown = _png(small.quantize(256, Image.Quantize.FASTOCTREE))
    return Drawn(_png(picture), shown)


def _opened(data: bytes, *, least: int = LEAST, refusal: str = "small", shrink: int = 0) -> Image.Image:
    """Return the first frame, fully read; its size is checked before.

    A JPEG is read in a part of its dots, at least *shrink* on each side, so that a photo of a large camera has room.
    """
    try:
        picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise _PictureRefused("large") from error
    except Exception as error:  # any error of an image reader
        raise _PictureRefused("broken" if data.startswith(_BEGIN) else "kind") from error
    picture.draft(None, (shrink, shrink) if shrink else picture.size)
    _check_size(picture, least, refusal)
    if _is_double(data, picture.format):
        raise _PictureRefused("double")
    try:
        picture.load()
    except MemoryError as error:
        raise _PictureRefused("large") from error
    except Exception as error:
        raise _PictureRefused("broken") from error
    return picture


def _check_size(picture: Image.Image, least: int, refusal: str) -> None:
    if picture.width * picture.height > MOST_DOTS:
        raise _PictureRefused("large")
    if max(picture.size) < least:
        raise _PictureRefused(refusal)


def _is_double(data: bytes, format: str | None) -> bool:
    """Whether the file is also an archive or a document, or continues after the end of its picture."""
    if zipfile.is_zipfile(io.BytesIO(data)) or b"%PDF-" in data[:1024]:
        return True
    if format == "PNG":
        return _PNG_END in data[: -len(_PNG_END)]
    return format == "WEBP" and len(data) > 8 + int.from_bytes(data[4:8], "little") + 1


def _bare(picture: Image.Image) -> Image.Image:
    """Return the pixels alone: upright, in sRGB, with transparency kept."""
    with suppress(Exception):  # damaged orientation data
        picture = ImageOps.exif_transpose(picture)
    plain = _plain(picture)
    flat = _in_srgb(plain, picture.info.get("icc_profile"))
    if flat.mode == "RGBA" and flat.getchannel("A").getextrema() == (255, 255):
        flat = flat.convert("RGB")
    return Image.frombytes(flat.mode, flat.size, flat.tobytes())


def _plain(picture: Image.Image) -> Image.Image:
    """Convert palettes, 16 bits and every form of transparency to grey, RGB, CMYK or RGBA."""
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode.startswith("I"):
        return Image.eval(picture.convert("I"), lambda dot: dot / 256).convert("L")
    return picture if picture.mode in {"L", "RGB", "CMYK"} else picture.convert("RGB")


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):  # damaged, or of another colour space
            found = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(picture, found, ImageCms.createProfile("sRGB"), outputMode=wanted)
            if turned is not None:
                return turned
    return picture.convert(wanted)


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    _main(sys.argv[1])
