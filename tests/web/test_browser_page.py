"""The page checker finds each fault it is there for."""

from types import SimpleNamespace

import pytest

from tests.support.browser_page import check_page, faults_of

POLICY = "default-src 'none'; script-src 'nonce-abc'"
SOUND = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
    "<title>Ada – Portal</title></head><body><h1>Ada</h1>{}</body></html>"
)


def response(body="", page=None, policy=POLICY, caching="no-store"):
    text = page if page is not None else SOUND.format(body)
    return SimpleNamespace(
        mimetype="text/html",
        status_code=200,
        request=SimpleNamespace(method="GET", path="/"),
        headers={"Content-Security-Policy": policy, "Cache-Control": caching},
        get_data=lambda **_: text,
    )


def test_a_sound_page_passes():
    check_page(response('<label for="a">A</label><input id="a" name="a"><script nonce="abc"></script>'))


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<p><div></p>", "not valid HTML"),
        ("<h1>Ada</h1>", "one h1"),
        ('<p id="a"></p><p id="a"></p>', "id 'a' stands 2 times"),
        ('<input name="a">', "has no label"),
        ('<textarea id="a" name="a"></textarea><label for="a"> </label>', "has no label"),
        ('<select name="a"></select>', "has no label"),
        ('<p aria-describedby="b"></p>', "points to 'b'"),
        ('<a href="#b">b</a>', "points to '#b'"),
        ('<form method="post"></form>', "needs one csrf_token"),
        ('<form method="POST"><input type="hidden" name="csrf_token"></form>', "needs one csrf_token"),
        ("<script></script>", "nonce"),
        ('<script nonce="old"></script>', "nonce"),
        ('<p style="color: red"></p>', "inline style"),
        ('<p onclick="x()"></p>', "onclick"),
        ('<a href="javascript:x()">b</a>', "links to a script"),
        ("<button></button>", "no words"),
    ],
)
def test_a_fault_is_named(body, fault):
    assert fault in " / ".join(faults_of(response(body)))


def test_faults_of_the_frame_are_named():
    assert "title" in " ".join(faults_of(response(page=SOUND.format("").replace("Ada – Portal", "Portal"))))
    assert "no lang" in " ".join(faults_of(response(page=SOUND.format("").replace(' lang="en"', ""))))
    assert "weak" in " ".join(faults_of(response(policy=POLICY + " 'unsafe-inline'")))
    assert "no-store" in " ".join(faults_of(response(caching="private")))
    assert "Error: " not in " ".join(
        faults_of(response(page=SOUND.format("").replace("<title>", "<title>Error: ")))
    )


def test_check_page_raises_with_the_address():
    with pytest.raises(AssertionError, match=r"GET / \(200\)"):
        check_page(response("<h1>Ada</h1>"))
