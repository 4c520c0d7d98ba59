"""Cleans what people type without changing what they see."""

import re
import unicodedata

# Line ends of every system, and the separators that some word processors paste.
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff]")

# Normalising these to their unified forms changes how a name is drawn, so they stay as typed.
COMPATIBILITY_IDEOGRAPHS = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f])")


def clean_text(text: str) -> str:
    """Text of several lines: control characters gone, line ends as newlines, composed (Unicode NFC)."""
    without_controls = CONTROL_CHARACTERS.sub("", LINE_ENDS.sub("\n", text))
    pieces = COMPATIBILITY_IDEOGRAPHS.split(without_controls)
    return "".join(
        piece if COMPATIBILITY_IDEOGRAPHS.fullmatch(piece) else unicodedata.normalize("NFC", piece)
        for piece in pieces
    )


def clean_line(text: str) -> str:
    """Text of one line: as `clean_text`, with line ends and tabs as spaces and none at either end."""
    return re.sub(r"[\n\t]+", " ", clean_text(text)).strip()
