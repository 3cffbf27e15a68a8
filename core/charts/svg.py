"""A matplotlib figure as an SVG element that a page may hold: classes for colours, attributes for the rest.

Draw the figure in the colours of `palette.SENTINELS`: each becomes a class (`fill-leaf`, `stroke-line`) to which
charts.css gives the colour of the theme. There is no `style`, which the policy of pages refuses.
"""

import io
import re
from collections.abc import Iterator
from threading import Lock
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from core.charts.palette import SENTINELS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

DRAWING = Lock()
"""Held while matplotlib draws: its fonts and its settings are shared by all threads."""
INK = {value: name for name, value in SENTINELS.items()}
_SVG = "http://www.w3.org/2000/svg"
_LINK = "{http://www.w3.org/1999/xlink}href"
_DROPPED = {"metadata", "style"}
_UNSAID = {"font-family", "stroke-dashoffset", "clip-path"}
"""Properties that the page gives, or that say nothing."""
_NUMBERS = re.compile(r"-?\d+\.\d+")
_GEOMETRY = ("d", "x", "y", "transform", "points", "stroke-width")


def inline_svg(figure: "Figure", key: str, title: str) -> str:
    """Return *figure* as an element with role img: *title* for screen readers, ids that begin with *key*, its viewBox
    but no size. The same figure gives the same text.
    """
    root = ElementTree.fromstring(svg_text(figure, "none"))  # noqa: S314 - our own drawing
    _drop(root)
    for element in root.iter():
        _restyle(element)
        _rename(element, key)
    for letters in root.iter(f"{{{_SVG}}}text"):
        letters.set("paint-order", "stroke")  # the halo under the letters; as a property of CSS checkers refuse it
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    for name, value in (("class", "ch mpl"), ("role", "img"), ("aria-label", title)):
        root.set(name, value)
    ElementTree.register_namespace("", _SVG)
    return re.sub(r">\s+<", "><", ElementTree.tostring(root, encoding="unicode"))


def svg_text(figure: "Figure", fonttype: str) -> str:
    """Return *figure* as matplotlib writes it, letters as text ("none") or as outlines ("path"); always the same."""
    import matplotlib

    text = io.StringIO()
    with DRAWING:
        # set globally, not in an rc_context, which another thread would see undone
        matplotlib.rcParams.update({"svg.fonttype": fonttype, "svg.hashsalt": "lang-nghe"})
        figure.savefig(text, format="svg", transparent=fonttype == "none", metadata={"Date": None, "Creator": None})
    return text.getvalue()


def _drop(root: Any) -> None:
    """Remove what a page must not hold, and the empty `defs` that remain."""
    for parent in reversed(list(root.iter())):
        for child in list(parent):
            name = child.tag.rpartition("}")[2]
            if name in _DROPPED or (name == "defs" and len(child) == 0):
                parent.remove(child)


def _restyle(element: Any) -> None:
    classes = []
    for name, value in _declarations(element.attrib.pop("style", "")):
        if name in ("fill", "stroke") and value in INK:
            classes.append(f"{name}-{INK[value]}")
        elif name not in _UNSAID:
            element.set(name, value.removesuffix("px"))
    if classes:
        element.set("class", " ".join(classes))
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    element.attrib.pop("clip-path", None)
    for name in _GEOMETRY:
        if name in element.attrib:
            rounded = _NUMBERS.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), element.get(name))
            element.set(name, " ".join(rounded.split()))


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in filter(None, (each.strip() for each in style.split(";"))):
        name, _, value = declaration.partition(":")
        yield name.strip(), value.strip()


def _rename(element: Any, key: str) -> None:
    """Give an id that is referred to the prefix *key*, and drop those of groups, which nothing refers to."""
    if element.tag.rpartition("}")[2] == "g":
        element.attrib.pop("id", None)
    elif "id" in element.attrib:
        element.set("id", f"{key}-{element.get('id')}")
    if _LINK in element.attrib:
        element.set("href", f"#{key}-{element.attrib.pop(_LINK)[1:]}")
