"""Print Lighthouse's points of citizens' pages, the median of five runs: python -m bench.lighthouse URL [PATH ...].

URL is a served demo (`make run`). CODE names the printed address of its rating page, such as /q/ABC…, as `make run`
prints it; without it that page is left out. The paper is reached by its entrance: a page after a form has no address.
It needs node and Lighthouse 12 (`npm install lighthouse@12`; LIGHTHOUSE names the
program if it isn't on the path). Performance is only worth reading on a machine that does nothing else.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx

RUNS = int(os.environ.get("RUNS", "5"))
TRIES = 3
"""Visits until one is measured: the browser now and then loses its own recording."""
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 95}
CODE = os.environ.get("CODE", "")
RUNNING, SEASON = "/thi/cai-cach-hanh-chinh-2026", "/thi/lam-binh-2023"
PAGES = (
    "/",
    *([CODE] if CODE else []),
    "/ket-qua/",
    "/ket-qua/lam-binh",
    "/ket-qua/lam-binh/quay/2",
    "/ket-qua/lam-binh/so-sanh",
    "/thi/",
    RUNNING,
    f"{RUNNING}/dang-ky",
    f"{RUNNING}/vao-thi",
    f"{SEASON}/bang",
    f"{SEASON}/tuan/1",
    f"{SEASON}/bang-vang",
    "/tra-cuu",
    "/danh-gia/tra-cuu",
    "/thi/tra-cuu",
    "/thi/xac-minh",
    "/quyen-rieng-tu",
    "/tro-nang",
)


def points(program: str, address: str, folder: Path) -> dict[str, float]:
    """Return the points of one visit to *address*, of 100, and what fell short in each category."""
    report = folder / "report.json"
    command = [
        program,
        address,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        f"--only-categories={','.join(LEAST)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
    ]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    if not any(subprocess.run(command, env=environment).returncode == 0 for _ in range(TRIES)):
        sys.exit(f"{address} could not be measured")
    found = json.loads(report.read_text())
    for name, category in found["categories"].items():
        short = [
            each["id"]
            for each in category["auditRefs"]
            if each["weight"] and (found["audits"][each["id"]]["score"] or 1) < 0.9
        ]
        if name != "performance" and category["score"] < 1:
            print(f"  {name}: {', '.join(short)}")
    return {name: 100 * category["score"] for name, category in found["categories"].items()}


def main(base: str, paths: tuple[str, ...]) -> bool:
    """Print a row per page; return whether every median reaches its least."""
    program = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse")
    if not program:
        sys.exit("Lighthouse is missing: npm install lighthouse@12, then LIGHTHOUSE=node_modules/.bin/lighthouse")
    held = True
    print(f"{'':44}" + "".join(f"{name:>16}" for name in LEAST))
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            httpx.get(base + path).raise_for_status()
            runs = [points(program, base + path, Path(folder)) for _ in range(RUNS)]
            medians = {name: statistics.median(run[name] for run in runs) for name in LEAST}
            print(f"{path:44}" + "".join(f"{medians[name]:16.0f}" for name in LEAST), flush=True)
            held &= all(medians[name] >= least for name, least in LEAST.items())
    return held


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(not main(sys.argv[1].rstrip("/"), tuple(sys.argv[2:]) or PAGES))
