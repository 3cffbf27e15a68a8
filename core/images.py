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
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

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


def redraw(data: bytes) -> Drawn:
    """Return the first picture of a PNG, JPEG or WebP file, upright, in sRGB, without any metadata.

    Raises:
        BadPicture: the content is no such file, is damaged, also holds another file, is too large or too small.
    """
    command = [sys.executable, "-m", "core.images"]
    try:
        done = subprocess.run(  # noqa: S603 - ourselves
            command, cwd=ROOT, env={}, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            timeout=2 * SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise BadPicture(WORDS["large"]) from error
    status, _, pictures = done.stdout.partition(b"\n")
    if status.isdigit():
        return Drawn(pictures[: int(status)], pictures[int(status) :])
    raise BadPicture(WORDS.get(status.decode("ascii", "replace"), WORDS["large"]))  # no output: the child was killed


def _main() -> None:
    """Run the child process: read a file, write the length of the first picture and both pictures, or the reason why
    not.
    """
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_FSIZE, 0)):
        resource.setrlimit(what, (most, most))
    try:
        drawn = _drawn(sys.stdin.buffer.read())
        output = b"%d\n%b%b" % (len(drawn.large), drawn.large, drawn.small)
    except _PictureRefused as refusal:
        output = str(refusal).encode()
    sys.stdout.buffer.write(output)


def _drawn(data: bytes) -> Drawn:
    picture = _bare(_opened(data))
    picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS)
    small = picture.copy()
    small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
    shown = _png(small)
    if len(shown) > LIGHT:
        shown = _png(small.quantize(256, Image.Quantize.FASTOCTREE))
    return Drawn(_png(picture), shown)


def _opened(data: bytes) -> Image.Image:
    """Return the first frame, fully read; its size is checked before."""
    try:
        picture = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise _PictureRefused("large") from error
    except Exception as error:  # any error of an image reader
        raise _PictureRefused("broken" if data.startswith(_BEGIN) else "kind") from error
    if picture.width * picture.height > MOST_DOTS:
        raise _PictureRefused("large")
    if max(picture.size) < LEAST:
        raise _PictureRefused("small")
    if _is_double(data, picture.format):
        raise _PictureRefused("double")
    try:
        picture.load()
    except MemoryError as error:
        raise _PictureRefused("large") from error
    except Exception as error:
        raise _PictureRefused("broken") from error
    return picture


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
    _main()
