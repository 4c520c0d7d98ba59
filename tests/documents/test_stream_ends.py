import io
import zlib

import pypdf

from portal.documents.stream_ends import with_clear_stream_ends


def _pdf(stream: bytes) -> bytes:
    objects = [  # the stream first, so that every other object moves when it grows
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<</Type/Catalog/Pages 3 0 R>>",
        b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
        b"<</Type/Page/Parent 3 0 R/MediaBox[0 0 9 9]/Contents 1 0 R>>",
    ]
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size 5/Root 2 0 R>>\nstartxref\n%d\n%%%%EOF" % len(content)
    return content + b"xref\n0 5\n0000000000 65535 f \n" + table + trailer


def _ending_in(last: bytes) -> bytes:
    streams = (zlib.compress(b"%% %d" % number**20) for number in range(10_000))
    return next(stream for stream in streams if stream.endswith(last))


def test_stream_that_ends_in_a_carriage_return_gets_a_line_feed_and_still_reads_the_same():
    stream = _ending_in(b"\r")

    mended = with_clear_stream_ends(_pdf(stream))

    assert stream + b"\n\nendstream" in mended
    assert b"/Length %d/" % (len(stream) + 1) in mended
    read = pypdf.PdfReader(io.BytesIO(mended), strict=True)
    assert all(mended[place:].startswith(b"%d 0 obj" % number) for number, place in read.xref[0].items())
    assert read.pages[0].get_contents().get_data().strip() == zlib.decompress(stream)


def test_other_pdf_stays_as_it_is():
    content = _pdf(_ending_in(b"a"))

    assert with_clear_stream_ends(content) == content


def test_pdf_without_a_plain_table_stays_as_it_is():
    content = b"%PDF-1.7\n5 0 obj\n<</Type/XRef>>\nendobj\nstartxref\n9\n%%EOF"

    assert with_clear_stream_ends(content) == content
