"""Measure `flask quiz rank` on the sheet of a large province, as a whole process."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench.big_sheet import write_sheet

ROWS, RUNS = 300_000, 3


def rank(file: Path, instance: Path) -> tuple[float, int]:
    """Return the seconds of one run, and how many turns it counted."""
    flask = Path(sys.executable).parent / "flask"
    command = [flask, "quiz", "rank", file, "--preset", "vcnet", "--json", "--top", "1"]
    environ = os.environ | {"INSTANCE_PATH": str(instance)}
    start = time.perf_counter()
    done = subprocess.run(command, env=environ, capture_output=True, check=True)
    return time.perf_counter() - start, json.loads(done.stdout)["turns"]


def run(folder: Path) -> None:
    """Print the table."""
    print(f"{'flask quiz rank, ' + f'{ROWS:,} rows × 18 columns':<56} median s   min s   max s   turns")
    for ending in ("csv", "xlsx"):
        file = folder / f"big.{ending}"
        write_sheet(ROWS, file)
        runs = [rank(file, folder) for _ in range(RUNS)]
        seconds = [took for took, _ in runs]
        middle = statistics.median(seconds)
        print(f"{ending.upper():<56} {middle:8.1f} {min(seconds):7.1f} {max(seconds):7.1f} {runs[0][1]:7}")
        file.unlink()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{'peak memory of the largest run':<56} {peak:8.0f} MiB")
