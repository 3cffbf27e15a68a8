"""A page that is equal for every visitor is rendered once per version, within a bound, with its slots filled."""

import dataclasses

import pytest
from flask import g

from core.web.page_cache import PageCache, RenderedPage, cached_page
from core.web.slots import slot


@pytest.fixture
def backend():
    """Use no database."""
    return "sqlite"


@pytest.fixture
def rendered(app):
    """Return the pages rendered so far, within a request."""
    with app.test_request_context():
        yield []


def render(rendered, text="<p>Lâm Bình</p>", sheet="sha256-a"):
    def draw():
        g.setdefault("style_hashes", set()).add(sheet)
        rendered.append(text)
        return text

    return draw


def page_of(size, version=1):
    return RenderedPage(version, ("x" * size,), frozenset())


def test_the_same_version_is_rendered_once(rendered):
    pages = [cached_page("office", 1, render(rendered)) for _ in range(3)]

    assert pages == ["<p>Lâm Bình</p>"] * 3
    assert len(rendered) == 1


def test_another_version_is_rendered_again_and_replaces_the_first(rendered):
    cached_page("office", 1, render(rendered, "cũ"))

    assert cached_page("office", 2, render(rendered, "mới")) == "mới"
    assert cached_page("office", 2, render(rendered, "không vẽ")) == "mới"


def test_changed_settings_are_another_version(app, rendered):
    cached_page("office", 1, render(rendered, "cũ"))

    app.extensions["settings"] = dataclasses.replace(app.extensions["settings"], brand="Tên mới")

    assert cached_page("office", 1, render(rendered, "mới")) == "mới"


def test_a_kept_page_brings_its_style_hashes_into_the_reply(rendered):
    cached_page("office", 1, render(rendered))
    g.style_hashes = {"sha256-b"}

    cached_page("office", 1, render(rendered))

    assert g.style_hashes == {"sha256-a", "sha256-b"}


def test_slots_are_filled_for_each_request_and_escaped(rendered):
    text = f'<input value="{slot("key")}">{slot("token")}'

    first = cached_page("rate", 1, render(rendered, text), {"key": '"><b>', "token": "t1"})
    second = cached_page("rate", 1, render(rendered, text), {"key": "k2", "token": "t2"})

    assert first == '<input value="&#34;&gt;&lt;b&gt;">t1'
    assert second == '<input value="k2">t2'
    assert len(rendered) == 1


def test_a_full_cache_drops_the_least_recently_used_page():
    cache = PageCache(largest=30)
    for key in ("a", "b", "c"):
        cache.keep(key, page_of(10))
    cache.find("a", 1)

    cache.keep("d", page_of(10))

    assert [key for key in "abcd" if cache.find(key, 1)] == ["a", "c", "d"]


def test_a_page_larger_than_the_cache_is_not_kept():
    cache = PageCache(largest=30)
    cache.keep("small", page_of(10))

    cache.keep("large", page_of(31))

    assert cache.find("large", 1) is None
    assert cache.find("small", 1) is not None


def test_a_new_version_gives_the_room_of_the_old_one_back():
    cache = PageCache(largest=30)
    for version in range(10):
        cache.keep("a", page_of(20, version))

    cache.keep("b", page_of(10))

    assert cache.find("a", 9) is not None
    assert cache.find("b", 1) is not None
