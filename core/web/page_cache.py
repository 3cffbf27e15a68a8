"""A cache of rendered pages: bounded, one per process, for pages that are equal for every visitor.

A page is stored under a key (which page) and a version (which data). A caller with another version renders it again, so
that a change by another process counts from the next request on: the version must be read from the database in the
present request. The key must determine the arguments of the view, of which the addresses on the page are built. The few
values that differ per request are slots, filled in each time; a cached page holds nothing secret.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from threading import Lock

from flask import current_app, g

from core.values.language import present
from core.web import slots
from core.web.extensions import settings

CUT = "cut"
"""The name of the slot between two fragments of a rendered page."""
LARGEST_CACHE = 16 * 1024 * 1024
"""The most characters cached per process; the least recently used pages are dropped first."""


@dataclass(frozen=True)
class RenderedPage:
    """A rendered page: text and slot names in turn, and the hashes of its style sheets."""

    version: Hashable
    parts: tuple[str, ...]
    style_hashes: frozenset[str]

    @property
    def size(self) -> int:
        """The number of its characters."""
        return sum(map(len, self.parts))

    def filled(self, values: Mapping[str, object]) -> str:
        """Return the page with *values* in its slots, escaped."""
        return slots.fill(self.parts, values)

    @cached_property
    def fragments(self) -> tuple[tuple[str, ...], ...]:
        """The parts between the slots `CUT`, for a page whose pieces each request joins in an order of its own."""
        return slots.cut(self.parts, CUT)


class PageCache:
    """Rendered pages by key, the least recently used first."""

    def __init__(self, largest: int = LARGEST_CACHE) -> None:
        self._largest = largest
        self._pages: OrderedDict[Hashable, RenderedPage] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def find(self, key: Hashable, version: Hashable) -> RenderedPage | None:
        """Return the page cached under *key*, None if there is none of this *version*."""
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.version != version:
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: RenderedPage) -> None:
        """Cache *page* under *key* in place of an older version; a page larger than the whole cache is not cached."""
        if page.size > self._largest:
            return
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._size += page.size
            while self._size > self._largest:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Hashable) -> None:
        if page := self._pages.pop(key, None):
            self._size -= page.size


def cached_page(
    key: Hashable, version: Hashable, render: Callable[[], str], values: Mapping[str, object] | None = None
) -> str:
    """Return the page *key* of the present language, rendered by *render* once per *version* and process.

    *values* fill the slots. The settings are part of the version; the page's style sheets join this reply's policy
    whether it was rendered now or before.
    """
    return kept_page(key, version, render).filled(values or {})


def kept_page(key: Hashable, version: Hashable, render: Callable[[], str]) -> RenderedPage:
    """Return the page *key* with its slots open, or the fragments that *render* printed with `CUT` between them."""
    kept: PageCache = current_app.extensions.setdefault("page_cache", PageCache())
    full_key, full_version = (key, present()), (version, settings())
    page = kept.find(full_key, full_version)
    if page is None:
        page = _rendered(full_version, render)
        kept.keep(full_key, page)
    hashes: set[str] = g.setdefault("style_hashes", set())
    hashes.update(page.style_hashes)
    return page


def _rendered(version: Hashable, render: Callable[[], str]) -> RenderedPage:
    before = g.pop("style_hashes", set())
    g.is_for_all = True  # it prints no query of this request (core.web.language)
    parts = slots.split(render())
    g.pop("is_for_all", None)
    used = frozenset(g.pop("style_hashes", set()))
    g.style_hashes = before
    return RenderedPage(version, parts, used)
