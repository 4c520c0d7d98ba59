"""The one repair a finished PDF needs: no stream may seem to end one byte early."""

import re

_OBJECT = re.compile(rb"\d+ 0 obj\n<<[^\0]*?/Length (\d+)[^\0]*?>>\nstream\n", re.DOTALL)
_TABLE = re.compile(rb"xref\n0 (\d+)\n")
_ENTRY_BYTES = 20


def with_clear_stream_ends(content: bytes) -> bytes:
    r"""Return the PDF with a line feed added to each compressed stream whose last byte is a carriage return.

    Typst writes "\nendstream" after the stream. When the data happens to end in "\r", checkers read "\r\n" as
    the end-of-line marker and find /Length one too high (ISO 19005-2, 6.1.7.1). A byte after the end of the
    deflated data means nothing to a reader. A PDF without a plain cross-reference table is returned as it is.
    """
    table_at = int(content[content.rindex(b"startxref\n") + 10 :].split()[0])
    table = _TABLE.match(content, table_at)
    if table is None:
        return content
    count = int(table[1])
    entries = [content[table.end() + number * _ENTRY_BYTES :][:_ENTRY_BYTES] for number in range(count)]
    places = sorted((int(entry[:10]), number) for number, entry in enumerate(entries) if entry[17:18] == b"n")
    parts = [content[: places[0][0]]]
    length = len(parts[0])
    for (start, number), (end, _) in zip(places, [*places[1:], (table_at, 0)], strict=True):
        entries[number] = b"%010d" % length + entries[number][10:]
        parts.append(_with_clear_end(content[start:end]))
        length += len(parts[-1])
    after = content[table.end() + count * _ENTRY_BYTES :]
    parts += [table[0], *entries, after[: after.rindex(b"startxref\n")], b"startxref\n%d\n%%%%EOF" % length]
    return b"".join(parts)


def _with_clear_end(item: bytes) -> bytes:
    match = _OBJECT.match(item)
    if match is None or b"/FlateDecode" not in match[0]:
        return item
    end = match.end() + int(match[1])
    if item[end - 1 : end] != b"\r":
        return item
    head = item[: match.start(1)] + b"%d" % (int(match[1]) + 1) + item[match.end(1) : match.end()]
    return head + item[match.end() : end] + b"\n" + item[end:]
