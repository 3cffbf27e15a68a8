"""The English names of a contest's prizes and rounds, as staff write them: "Giải Nhất = First prize", one a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from core.values.text import N_, Sentence, clean

LONGEST = 80
_SHAPE = N_("Dòng “%(line)s”: xin ghi tên tiếng Việt, dấu =, rồi tên tiếng Anh.")
_UNKNOWN = N_("“%(name)s” không có ở phần tiếng Việt. Các tên ở đó: %(names)s.")
_NONE = N_("“%(name)s” không có ở phần tiếng Việt.")
_TWICE = N_("“%(name)s” ghi hai lần. Xin để lại một dòng.")
_LONG = N_("Tên tiếng Anh của “%(name)s” dài quá %(most)s chữ. Xin rút ngắn lại.")


def read_pairs(text: str) -> dict[str, str]:
    """Return the English names in *text* by their Vietnamese ones; lines that are no pair are left out.

    >>> read_pairs("Giải Nhất = First prize")
    {'Giải Nhất': 'First prize'}
    """
    return {name: english for name, english in map(_pair, text.splitlines()) if name and english}


def written_pairs(names: Mapping[str, str]) -> str:
    """Return *names* as the text that `read_pairs` reads; "" for none.

    >>> written_pairs({"Giải Nhất": "First prize"})
    'Giải Nhất = First prize'
    """
    return "\n".join(f"{name} = {english}" for name, english in names.items() if english)


def read_names(text: str, known: Collection[str]) -> tuple[dict[str, str], list[Sentence]]:
    """Return the English names in *text* by those in *known*, and what is wrong with its lines.

    Case makes no difference in a Vietnamese name; blank lines are left out.
    """
    spelt = {name.casefold(): name for name in known}
    names: dict[str, str] = {}
    mistakes: list[Sentence] = []
    for line in filter(None, map(clean, text.splitlines())):
        typed, english = _pair(line)
        name = spelt.get(typed.casefold())
        mistake = _mistake(line, typed, english, name, known) or _repeated(name, names)
        if mistake is not None:
            mistakes.append(mistake)
        elif name is not None:
            names[name] = english
    return names, mistakes


def _mistake(line: str, typed: str, english: str, name: str | None, known: Collection[str]) -> Sentence | None:
    if not (typed and english):
        return Sentence(_SHAPE, line=line)
    if name is None:
        return Sentence(_UNKNOWN, name=typed, names=", ".join(known)) if known else Sentence(_NONE, name=typed)
    return Sentence(_LONG, name=name, most=LONGEST) if len(english) > LONGEST else None


def _repeated(name: str | None, names: Collection[str]) -> Sentence | None:
    return Sentence(_TWICE, name=name) if name in names else None


def _pair(line: str) -> tuple[str, str]:
    name, _equals, english = line.partition("=")
    return name.strip(), english.strip()
