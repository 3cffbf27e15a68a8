"""The look of numbers in a workbook: thousands separators, decimals and per cent signs that its format adds."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.values.numbers import decimal

BUILT_IN = {2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
            40: "#,##0.00"}  # fmt: skip
