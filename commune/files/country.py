"""Read the country's tables that ship with the program, from `commune/data/`."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from commune.operations.country import Country, CountryHeadcount, CountryUnit

TABLES = Path(__file__).resolve().parents[1] / "data"
CODED = date(2004, 7, 1)
"""The first day of the old units: the code list of Decision 124/2004, since the source has no founding dates."""
MERGED = date(2025, 7, 1)


def read_country() -> Country:
    """Return the tables."""
    units = [
        *(CountryUnit(**row, since=CODED, until=MERGED) for row in _rows("units_2004")),
        *(CountryUnit(**row, since=MERGED, until=None) for row in _rows("units_2025")),
    ]
    return Country(
        units=units,
        successions=[(row["old"], row["new"]) for row in _rows("succession_2025")],
        headcounts=[
            CountryHeadcount(row["code"], date.fromisoformat(row["as_of"]), int(row["people"]), row["source"])
            for row in _rows("headcounts")
        ],
        merged_on=MERGED,
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
