"""Measures of a page as it is drawn: axe's violations, sideways scrolling, targets that are too small to press."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROW, PHONE = {"width": 320, "height": 640}, {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
DEFAULT_OPTIONS = {"resultTypes": ["violations"]}
COLOURS = DEFAULT_OPTIONS | {"runOnly": ["cat.color"]}
LARGEST = "document.documentElement.dataset.size = 4"
"""The page's own A+, pressed to the end."""
NORMAL = "delete document.documentElement.dataset.size"
USUAL_LETTERS, TWICE = {"standard": 16, "fixed": 13}, {"standard": 32, "fixed": 26}
"""The size of letters in the browser's own settings, in px: as it comes, and 200 %. Media queries go by it too."""
FOLDED = """() => [...document.querySelectorAll("main details")]
  .filter((each) => !each.parentElement.closest("details:not([open])"))
  .filter((each) => !each.closest("[hidden]") && !each.checkVisibility())
  .map((each) => `${each.querySelector("summary").textContent.trim()} can't be unfolded`)"""
"""The folds of the page that a style hides, so that they cannot be opened; those in a part with `hidden` wait."""
TARGETS = """() => {
  const shown = (each) => each.checkVisibility({ checkVisibilityCSS: true });
  const box = (target) => {
    const parts = [target, target.closest("label"), ...(target.labels || [])].filter((each) => each && shown(each));
    const boxes = parts.flatMap((each) => [...each.getClientRects()]);
    const span = (from, to) => Math.max(...boxes.map((r) => r[to])) - Math.min(...boxes.map((r) => r[from]));
    return [Math.round(span("left", "right")), Math.round(span("top", "bottom"))];
  };
  const isInText = (link) => {
    let block = link;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    if (block === link) return false;
    const letters = (text) => text.replace(/\\s+/g, "").length;
    const links = [...block.querySelectorAll("a")].map((each) => each.textContent).join("");
    return letters(block.textContent) > letters(links) + 3;
  };
  const small = [];
  const targets = "a[href], button, summary, select, textarea, input:not([type=hidden])";
  for (const each of document.querySelectorAll(targets)) {
    if (!shown(each) || each.closest(".skip, svg")) continue;
    const isPressed = each.tagName !== "A" || each.classList.contains("button");
    if (!isPressed && isInText(each)) continue;
    const [width, height] = box(each);
    if (Math.min(width, height) < (isPressed ? 44 : 24))
      small.push(`${each.textContent.trim() || each.name} is only ${width} x ${height} px`);
  }
  return small;
}"""
_axe = Axe()


def violations(page: Page, options: dict[str, object] = DEFAULT_OPTIONS) -> list[str]:
    """Return what axe finds, a line per element."""
    found = _axe.run(page, options=options).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]


def excess(page: Page) -> int:
    """Return by how many pixels the page is wider than the screen."""
    return max(0, page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def faults(page: Page, *, is_for_hall: bool = False) -> list[str]:
    """Return axe's violations (in the dark, of colours alone), small targets, and the excess width on a narrow phone
    and with large letters; a page for a hall is drawn for one size of screen, and its letters grow with that.
    """
    found, usual = [], page.viewport_size
    for scheme, options in (("light", DEFAULT_OPTIONS), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme}: {fault}" for fault in violations(page, options)]
    page.emulate_media(color_scheme="light")
    found += page.evaluate(TARGETS)
    page.set_viewport_size(DESK)
    found += page.evaluate(FOLDED)
    page.set_viewport_size(NARROW)
    found += page.evaluate(FOLDED)
    page.set_viewport_size(usual)
    return found + widths(page, is_for_hall=is_for_hall)


def widths(page: Page, *, is_for_hall: bool = False) -> list[str]:
    """Return the excess width on a narrow phone and with large letters."""
    usual = page.viewport_size
    page.set_viewport_size(NARROW)
    found = _width(page, "at 320 px")
    page.set_viewport_size(PHONE)
    if not is_for_hall:
        page.evaluate(LARGEST)
        found += _width(page, "with A+ to the end")
        page.evaluate(NORMAL)
        with browser_letters(page, TWICE):
            found += _width(page, "with letters of 200 %")
    page.set_viewport_size(usual)
    return found


@contextmanager
def browser_letters(page: Page, sizes: dict[str, int]) -> Iterator[None]:
    """Let the browser's settings have letters of *sizes* meanwhile, as one who sees badly sets them."""
    settings = page.context.new_cdp_session(page)
    settings.send("Page.setFontSizes", {"fontSizes": sizes})
    yield
    settings.send("Page.setFontSizes", {"fontSizes": USUAL_LETTERS})
    settings.detach()


def _width(page: Page, when: str) -> list[str]:
    return [f"{wide} px too wide {when}"] if (wide := excess(page)) else []
