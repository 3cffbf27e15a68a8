"""Print when the rating and the paper are first painted on a slow phone: python -m bench.first_paint URL PATH ...

The phone is simulated in Chromium: 400 kbit/s, a delay of 400 ms, a processor six times slower. URL is a served demo,
PATHs are those of a counter's code and of a contest's registration, whose sheet is about that of a paper.
"""

import os
import statistics
import sys
from typing import Any

from playwright.sync_api import Browser

from bench.pictures import browsing

RUNS = int(os.environ.get("RUNS", "5"))
LATEST_MS = 1500
LINE = {"offline": False, "latency": 400, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
PAINTED = """new Promise((done) => {
    const read = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    const wait = () => read() ? done(read()) : setTimeout(wait, 50);
    wait();
})"""


def first_paint(browser: Browser, address: str) -> float:
    """Return the milliseconds from the request for *address* to its first paint, with nothing in the cache."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    line: Any = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    page.goto(address, timeout=60_000)
    milliseconds: float = page.evaluate(PAINTED)
    context.close()
    return milliseconds


def main(base: str, paths: list[str]) -> bool:
    """Print a row per page; return whether every median is early enough."""
    held = True
    with browsing() as browser:
        for path in paths:
            times = sorted(first_paint(browser, base + path) for _ in range(RUNS))
            median = statistics.median(times)
            print(f"{path:44}{median:8.0f} ms  ({times[0]:.0f} to {times[-1]:.0f})", flush=True)
            held &= median <= LATEST_MS
    return held


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(not main(sys.argv[1].rstrip("/"), sys.argv[2:]))
