"""Picture files of every kind, valid ones and disguised ones."""

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageDraw, PngImagePlugin

GREEN, RED = (31, 111, 84), (185, 58, 38)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><circle r="9"/></svg>'
HEIC = struct.pack(">I", 24) + b"ftypheic" + b"\0\0\0\0mif1heic" + bytes(200)
GIF_SCRIPT = b"GIF89a/*" + bytes(60) + b"*/=1;alert(document.cookie)//"


def sign(width=300, height=200, colour=GREEN, mode="RGB"):
    """Return a picture whose upper left quarter is red."""
    picture = Image.new("RGB", (width, height), colour)
    picture.paste(RED, (0, 0, width // 2, height // 2))
    return picture.convert(mode)


def disc(size=300):
    """Return a disc on a transparent background."""
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((0, 0, size - 1, size - 1), fill=(*GREEN, 255))
    return picture


def file_of(picture, format="PNG", **more):
    file = io.BytesIO()
    picture.save(file, format, **more)
    return file.getvalue()


def archive(text=b"MZ"):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as target:
        target.writestr("tap-tin.exe", text)
    return file.getvalue()


def bomb(side=20_000):
    """Return a PNG of *side* × *side* pixels in some 50 kB."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes((1 + side // 8) * side), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_notes(picture):
    """Return a PNG with a location, a name and a script as metadata."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Nguyen Van An")
    notes.add_itxt("Comment", "<script>alert(1)</script>")
    exif = Image.Exif()
    exif[0x010E] = "Nha rieng"
    exif.get_ifd(0x8825)[1] = "N"
    return file_of(picture, pnginfo=notes, exif=exif)


def opened(png):
    return Image.open(io.BytesIO(png))
