"""The fonts that print a document, and which characters they can show."""

import io
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf_fonts
from fontTools.ttLib import TTFont

# In the order Typst tries them. FiraGO: Latin, Greek, Cyrillic, Arabic (Urdu, Persian), Hebrew, Devanagari,
# Thai, Georgian. Noto Sans adds rarer Latin letters and marks, Noto Sans Symbols 2 ticks, boxes and signs.
FAMILIES = ("FiraGO", "Noto Sans", "Noto Sans Symbols2")
_REGULAR = ("figo", "notos", "symbol2")
_BOLD = ("figbo", "notosbo")


@lru_cache(maxsize=1)
def coverage() -> tuple[frozenset[int], ...]:
    """Return the code points each family can show, in the order of FAMILIES, in regular and in bold."""
    regular = [_code_points(name) for name in _REGULAR]
    bold = [_code_points(name) for name in _BOLD]
    return (regular[0] & bold[0], regular[1] & bold[1], regular[2])


@contextmanager
def font_folder() -> Iterator[Path]:
    """Give a folder that holds the font files while the block runs: Typst reads fonts from files only."""
    with TemporaryDirectory(prefix="document-fonts-") as folder:
        for name in (*_REGULAR, *_BOLD):
            (Path(folder) / f"{name}.ttf").write_bytes(pymupdf_fonts.myfont(name))
        yield Path(folder)


def _code_points(name: str) -> frozenset[int]:
    with TTFont(io.BytesIO(pymupdf_fonts.myfont(name)), lazy=True) as font:
        # PDF/A-2 level A allows no private-use characters, and they mean nothing to a reader
        return frozenset(point for point in font.getBestCmap() if unicodedata.category(chr(point)) != "Co")
