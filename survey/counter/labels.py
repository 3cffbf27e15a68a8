"""Vietnamese words for posters and their languages."""

from core.values.text import N_

SHEET: dict[str, str] = {
    "a4": N_("Tờ treo A4"),
    "a5": N_("Tờ treo A5"),
    "the": N_("Thẻ để bàn"),
    "nhan": N_("Tờ nhãn dán"),
}
LANGUAGE: dict[str, str] = {"vi": N_("Tiếng Việt"), "en": N_("Tiếng Việt và tiếng Anh")}
