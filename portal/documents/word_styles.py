"""How a Word file looks: one place for its styles."""

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from portal.documents.content import NoticeKind
from portal.documents.word_parts import element

_FONT = "Arial"
_NAVY = RGBColor(0x00, 0x30, 0x87)
_QUIET = RGBColor(0x42, 0x55, 0x63)
_BLACK = RGBColor(0, 0, 0)
_HEADING_POINTS = {"Title": 26, "Heading 1": 18, "Heading 2": 14.5, "Heading 3": 12.5, "Heading 4": 11}

NOTICE_STYLES = {
    NoticeKind.WARNING: "Notice Warning",
    NoticeKind.INFORMATION: "Notice Information",
    NoticeKind.RESTRICTED: "Notice Restricted",
}
_NOTICE_COLOURS = {  # edge, fill
    NoticeKind.WARNING: ("FFB81C", "FFF4C2"),
    NoticeKind.INFORMATION: ("005EB8", "E9F1F9"),
    NoticeKind.RESTRICTED: ("B0182A", "FBEAEA"),
}


def prepare_styles(word: WordDocument, language: str) -> None:
    """Set fonts, sizes, colours and the language of the whole file."""
    _set_language(word, language)
    _look(_style(word, "Normal"), 11, _BLACK, after=6)
    for name, points in _HEADING_POINTS.items():
        _look(_style(word, name), points, _NAVY, is_bold=True, before=14, after=6)
    _look(_style(word, "Subtitle"), 14, _NAVY, after=12)
    _look(_style(word, "Contents Title"), 18, _NAVY, is_bold=True, after=8)
    _look(_style(word, "Caption"), 11, _BLACK, is_bold=True, before=10, after=4)
    _look(_style(word, "Question"), 11, _BLACK, is_bold=True, before=10, after=1)
    _look(_style(word, "Marks"), 9.5, _QUIET, after=1)
    _look(_style(word, "Answer"), 11, _BLACK, after=4)
    _look(_style(word, "Note"), 10, _QUIET, after=4)
    _look(_style(word, "After Table"), 6, _BLACK, after=4)
    for name in ("Answer", "Note"):
        _style(word, name).paragraph_format.left_indent = Mm(4)
    for name in ("Caption", "Question", "Marks", "Contents Title"):
        _style(word, name).paragraph_format.keep_with_next = True
    for level in (1, 2, 3):
        contents = _style(word, f"toc {level}")
        _look(contents, 11, _BLACK, is_bold=level == 1, after=3)
        contents.paragraph_format.left_indent = Mm(5 * (level - 1))
    for kind, name in NOTICE_STYLES.items():
        _set_box(_style(word, name), *_NOTICE_COLOURS[kind])
    for name in ("Header", "Footer"):
        style = _style(word, name)
        _look(style, 8.5, _QUIET, after=0)
        style.paragraph_format.tab_stops.clear_all()
        style.paragraph_format.tab_stops.add_tab_stop(Mm(166), WD_TAB_ALIGNMENT.RIGHT)


def _style(word: WordDocument, name: str) -> ParagraphStyle:
    if name not in word.styles:
        made = word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = word.styles["Normal"]
    style = word.styles[name]
    assert isinstance(style, ParagraphStyle)
    return style


def _look(
    style: ParagraphStyle,
    points: float,
    colour: RGBColor,
    *,
    is_bold: bool = False,
    before: float = 0,
    after: float,
) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = _FONT, Pt(points), is_bold, False
    style.font.color.rgb = colour
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        # the template's theme fonts would win over the name
        fonts.attrib.pop(qn(f"w:{script}Theme" if script != "cs" else "w:cstheme"), None)
        fonts.set(qn(f"w:{script}"), _FONT)


def _set_box(style: ParagraphStyle, edge: str, fill: str) -> None:
    _look(style, 11, _BLACK, before=0, after=0)
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(4)
    properties = style.element.get_or_add_pPr()
    border = element("pBdr")
    border.append(element("left", val="single", sz="24", space="8", color=edge))
    shade = element("shd", val="clear", color="auto", fill=fill)
    spacing = properties.find(qn("w:spacing"))
    spacing.addprevious(border)
    spacing.addprevious(shade)


def _set_language(word: WordDocument, language: str) -> None:
    defaults = word.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    defaults.append(element("lang", val=language, eastAsia=language, bidi="ar-SA"))
