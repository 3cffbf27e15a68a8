"""Only a picture's pixels are kept, and no file breaks more than its reader."""

import io
import sys

import pytest
from PIL import Image, ImageCms

from core import images as drawing
from core.images import BadPicture, redraw, redraw_photo, redraw_photos
from tests.support import images
from tests.support.images import GREEN, RED, disc, file_of, opened, sign


def is_near(found, wanted, by=12):
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_a_picture_of_each_kind_becomes_a_png(format):
    drawn = redraw(file_of(sign(), format))

    assert (opened(drawn.large).format, opened(drawn.large).size) == ("PNG", (300, 200))
    assert is_near(opened(drawn.large).getpixel((10, 10)), RED)
    assert is_near(opened(drawn.large).getpixel((290, 190)), GREEN)


def test_the_longest_side_is_512_dots_in_print_and_96_on_a_page():
    drawn = redraw(file_of(sign(2000, 1000)))

    assert opened(drawn.large).size == (512, 256)
    assert opened(drawn.small).size == (96, 48)


def test_transparency_is_kept():
    drawn = redraw(file_of(disc()))

    for png in (drawn.large, drawn.small):
        picture = opened(png).convert("RGBA")
        assert picture.getpixel((0, 0))[3] == 0
        assert picture.getpixel((picture.width // 2, picture.height // 2)) == (*GREEN, 255)


def test_a_palette_with_a_transparent_colour_stays_transparent():
    drawn = redraw(file_of(disc().quantize(8), "PNG"))

    assert opened(drawn.large).convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_small_picture_weighs_10_kb_at_most_however_busy_it_is():
    noise = Image.effect_noise((800, 800), 90)
    busy = Image.merge("RGBA", [noise, noise.rotate(90), noise.rotate(180), noise.rotate(270)])

    assert len(redraw(file_of(busy)).small) <= 10_500


def test_only_pixels_are_kept():
    sent = images.with_notes(sign())

    drawn = redraw(sent)

    assert b"Nguyen Van An" in sent
    for png in (drawn.large, drawn.small):
        assert opened(png).info == {}
        assert not opened(png).getexif()
        assert not any(word in png for word in (b"Nguyen", b"script", b"eXIf", b"Nha rieng"))


def test_a_sideways_picture_is_rotated():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was turned

    drawn = redraw(file_of(sign(300, 200), "JPEG", exif=exif, quality=95))

    assert opened(drawn.large).size == (200, 300)
    assert is_near(opened(drawn.large).getpixel((190, 10)), RED)


def test_a_cmyk_picture_keeps_its_colours():
    drawn = redraw(file_of(sign(mode="CMYK"), "JPEG", quality=95))

    assert opened(drawn.large).mode == "RGB"
    assert is_near(opened(drawn.large).getpixel((290, 190)), GREEN)


def test_a_colour_profile_is_worked_into_the_colours():
    usual = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red_is_green = usual.replace(b"rXYZ", b"----", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"----", b"gXYZ", 1)

    drawn = redraw(file_of(Image.new("RGB", (200, 200), (255, 0, 0)), icc_profile=red_is_green))

    assert "icc_profile" not in opened(drawn.large).info
    assert is_near(opened(drawn.large).getpixel((5, 5)), (0, 255, 0))


def test_a_damaged_profile_is_left_out():
    drawn = redraw(file_of(sign(), icc_profile=b"no profile"))

    assert opened(drawn.large).getpixel((290, 190)) == GREEN


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16"])
def test_grey_palette_and_16_bits_are_read(mode):
    grey = Image.new("L", (200, 200), 160)
    deep = Image.frombytes("I;16", (200, 200), b"\x00\xa0" * 40_000)

    drawn = redraw(file_of(deep if mode == "I;16" else grey.convert(mode)))

    assert opened(drawn.large).size == (200, 200)
    if mode != "1":
        assert is_near(opened(drawn.large).convert("RGB").getpixel((5, 5)), (160, 160, 160), by=4)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_an_animation_becomes_its_first_frame(format):
    moving = file_of(sign(), format, save_all=True, append_images=[Image.new("RGB", (300, 200), "black")])

    drawn = redraw(moving)

    assert opened(moving).n_frames == 2
    assert getattr(opened(drawn.large), "n_frames", 1) == 1
    assert is_near(opened(drawn.large).getpixel((290, 190)), GREEN)


NO_PICTURES = {
    "svg": images.SVG,
    "svg with a declaration": b'<?xml version="1.0"?>' + images.SVG,
    "zip": images.archive(),
    "gif": file_of(sign(), "GIF"),
    "gif with a script": images.GIF_SCRIPT,
    "heic": images.HEIC,
    "bmp": file_of(sign(), "BMP"),
    "tiff": file_of(sign(), "TIFF"),
    "ico": file_of(sign(), "ICO"),
    "pdf": b"%PDF-1.7\n" + bytes(500),
    "html": b"<!doctype html><script>alert(1)</script>",
    "nothing": b"",
}


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
def test_a_file_other_than_png_jpeg_or_webp_is_refused(data):
    with pytest.raises(BadPicture, match="Chỉ nhận hình PNG, JPEG hoặc WebP"):
        redraw(data)


DOUBLE = {
    "png and zip": file_of(sign()) + images.archive(),
    "jpeg and zip": file_of(sign(), "JPEG") + images.archive(),
    "webp and zip": file_of(sign(), "WEBP") + images.archive(),
    "png and html": file_of(sign()) + b"<script>alert(1)</script>",
    "png and php and png's end": file_of(sign()) + b"<?php ?>" + file_of(sign())[-12:],
    "webp and html": file_of(sign(), "WEBP") + b"<script>alert(1)</script>",
    "jpeg and pdf": file_of(sign(), "JPEG", comment=b"%PDF-1.7 obj"),
}


@pytest.mark.parametrize("data", DOUBLE.values(), ids=DOUBLE)
def test_a_picture_mixed_with_another_file_is_refused(data):
    with pytest.raises(BadPicture, match="lẫn một tệp khác"):
        redraw(data)


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP"])
def test_a_file_that_was_cut_short_is_refused(format):
    whole = file_of(Image.effect_noise((300, 200), 60).convert("RGB"), format)

    with pytest.raises(BadPicture, match="bị hỏng"):
        redraw(whole[: len(whole) // 2])


def test_a_kind_s_first_bytes_alone_are_a_damaged_picture():
    with pytest.raises(BadPicture, match="bị hỏng"):
        redraw(b"\x89PNG\r\n\x1a\n")


def test_50_kilobytes_that_unfold_to_400_million_dots_are_refused_unread():
    sent = images.bomb()

    with pytest.raises(BadPicture, match="quá lớn"):
        redraw(sent)

    assert len(sent) < 60_000


def test_a_picture_within_the_limit_of_dots_is_drawn():
    drawn = redraw(file_of(disc(5000)))

    assert opened(drawn.large).size == (512, 512)


def test_a_picture_of_a_few_dots_is_too_small():
    with pytest.raises(BadPicture, match="quá nhỏ"):
        redraw(file_of(sign(40, 40)))


def test_a_killed_reader_gives_a_sentence(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(BadPicture, match="quá lớn"):
        redraw(file_of(sign()))


def test_a_reader_that_does_not_end_is_killed(monkeypatch):
    monkeypatch.setattr(drawing, "SECONDS", 0.01)

    with pytest.raises(BadPicture, match="quá lớn"):
        redraw(file_of(sign()))


def test_the_same_picture_gives_the_same_bytes():
    assert redraw(file_of(sign())) == redraw(file_of(sign(), compress_level=1))


def test_a_redrawn_picture_can_be_uploaded_again():
    drawn = redraw(file_of(disc()))

    assert redraw(drawn.large) == drawn
    assert io.BytesIO(drawn.large).read(8) == b"\x89PNG\r\n\x1a\n"


@pytest.mark.parametrize(
    ("picture", "most"),
    [(Image.effect_noise((1600, 1200), 90).convert("RGB"), 1280), (sign(900, 1500), 1280), (sign(40, 30), 40)],
)
def test_a_picture_of_a_question_is_light_or_refused(picture, most):
    made = redraw_photo(file_of(picture, "JPEG"))

    found = opened(made.data)
    assert (found.format, found.size) == ("WEBP", (made.width, made.height))
    assert (max(found.size) <= most, len(made.data) <= drawing.HEAVY, dict(found.getexif())) == (True, True, {})


def test_files_are_redrawn_in_their_order_and_refused_one_by_one():
    first, second, third = redraw_photos([file_of(sign()), images.SVG, file_of(sign(600, 400))])

    assert (first.width, type(second), third.width) == (300, BadPicture, 600)


@pytest.mark.parametrize(
    "data",
    [images.bomb(), images.archive(), file_of(sign()) + images.archive(), images.HEIC],
    ids=["bomb", "archive", "archive behind a picture", "HEIC"],
)
def test_disguised_files_are_no_pictures_of_questions(data):
    with pytest.raises(BadPicture):
        redraw_photo(data)
