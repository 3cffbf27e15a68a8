"""The pictures of the README are there and light, and the index of `make pictures` shows problems first."""

import re
from pathlib import Path

import pytest
from PIL import Image

from bench.pictures import EVERY_SCENE
from bench.scenes.index import DOORS, SceneRow, door_of, index

ROOT = Path(__file__).resolve().parents[2]
README, FOLDER = ROOT / "README.md", ROOT / "docs" / "pictures"
PICTURE, FILM = 120_000, 1_500_000
NAMED = sorted(set(re.findall(r"docs/pictures/[\w-]+\.\w+", README.read_text())))


def measured(name):
    """Return the width of a picture, and how many milliseconds it lasts; None for one that stands still."""
    with Image.open(ROOT / name) as image:
        if image.n_frames == 1:
            return image.width, None
        total = 0
        for frame in range(image.n_frames):
            image.seek(frame)
            image.load()
            total += image.info["duration"]
        return image.width, total


def test_a_dozen_pictures_and_a_film_of_half_a_minute_stand_in_the_readme():
    films = [ms for _, ms in map(measured, NAMED) if ms is not None]

    assert len(NAMED) == 13
    assert len(films) == 1
    assert 25_000 <= films[0] <= 35_000


@pytest.mark.parametrize("name", NAMED)
def test_a_picture_of_the_readme_is_light(name):
    width, ms = measured(name)

    assert width >= 600
    assert (ROOT / name).stat().st_size <= (PICTURE if ms is None else FILM)


def test_every_drawn_picture_is_shown():
    assert {f"docs/pictures/{file.name}" for file in FOLDER.iterdir()} == set(NAMED)


def test_every_scene_has_one_name_and_a_door():
    names = [scene.name for scene in EVERY_SCENE]

    assert len(names) == len(set(names))
    assert {door_of(scene.name, scene.account) for scene in EVERY_SCENE} <= set(DOORS)


def test_a_scene_comes_after_one_that_is_drawn_before_it():
    names = [scene.name for scene in EVERY_SCENE]

    late = [each.name for each in EVERY_SCENE if each.after and each.after not in names[: names.index(each.name)]]

    assert late == []


def test_the_index_shows_problems_first_and_pictures_by_door_and_language():
    rows = [
        SceneRow("bang", "Bảng", "bang", {"vi": ["bang-360-light.png"], "en": ["bang-360-light-en.png"]}),
        SceneRow("cham", "Chấm", "danh-gia", {"vi": ["cham-360-light.png"]}),
    ]

    page = index(rows, ["bang is 4 px too wide at 360 px, in en"])

    order = ["Cần sửa (1)", "4 px too wide", "Người dân đánh giá</h2>", "cham-360-light.png", "bang-360-light.png"]
    places = [page.index(words) for words in [*order, 'lang="en"']]
    assert places == sorted(places)
    assert "Ban Tổ chức</h2>" not in page
    assert "Cần sửa" not in index(rows, [])
