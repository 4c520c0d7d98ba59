"""Reads a page as a strict browser would, and names whatever is wrong with it."""

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
from html5lib.html5parser import ParseError

UNLABELLED_TYPES = {"hidden", "submit", "button", "reset", "image"}
NO_BROWSER_STORAGE = "no-store"


def check_page(response) -> None:
    """Raise AssertionError naming every fault of an HTML response; other responses pass."""
    if response.mimetype != "text/html" or response.status_code in range(300, 400):
        return
    faults = list(faults_of(response))
    address = f"{response.request.method} {response.request.path} ({response.status_code})"
    assert not faults, f"{address}:\n  " + "\n  ".join(faults)


def faults_of(response) -> Iterator[str]:
    """Each fault of a page in one sentence."""
    try:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        page = parser.parse(response.get_data(as_text=True))
    except ParseError as error:
        yield f"not valid HTML: {error}"
        return
    yield from _heading_faults(page)
    yield from _id_faults(page)
    yield from _label_faults(page)
    yield from _form_faults(page)
    yield from _script_faults(page, response.headers.get("Content-Security-Policy", ""))
    if NO_BROWSER_STORAGE not in response.headers.get("Cache-Control", ""):
        yield "the page may be stored: Cache-Control lacks no-store"


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _heading_faults(page: Element) -> Iterator[str]:
    headings = [_words(heading) for heading in page.iter("h1")]
    titles = [_words(title) for title in page.iter("title")]
    if len(headings) != 1:
        yield f"one h1 expected, found {headings}"
    elif not headings[0]:
        yield "the h1 is empty"
    elif not titles or not titles[0].removeprefix("Error: ").startswith(headings[0]):
        yield f"the title {titles} does not start with the h1 {headings[0]!r}"
    if page.get("lang") is None:
        yield "html has no lang"


def _id_faults(page: Element) -> Iterator[str]:
    counted = Counter(element.get("id") for element in page.iter() if element.get("id") is not None)
    yield from (f"id {name!r} stands {count} times" for name, count in counted.items() if count > 1)
    for element in page.iter():
        for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls", "data-reveals"):
            for name in (element.get(attribute) or "").split():
                if name not in counted:
                    yield f"{attribute} points to {name!r}, which is not there"
        href = element.get("href") or ""
        if element.tag == "a" and re.fullmatch(r"#.+", href) and href[1:] not in counted:
            yield f"a link points to {href!r}, which is not there"


def _label_faults(page: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in page.iter("label") if _words(label)}
    inside_labels = {field for label in page.iter("label") for field in label.iter() if field is not label}
    for field in page.iter():
        if field.tag not in {"input", "select", "textarea"} or field.get("type") in UNLABELLED_TYPES:
            continue
        named = field.get("id") in labelled or field in inside_labels
        if not (named or field.get("aria-label") or field.get("aria-labelledby")):
            yield f"{field.tag} {field.get('name')!r} has no label"
    for button in page.iter("button"):
        if not (_words(button) or button.get("aria-label")):
            yield "a button has no words"


def _form_faults(page: Element) -> Iterator[str]:
    for form in page.iter("form"):
        if form.get("method", "get").lower() != "post":
            continue
        tokens = [field for field in form.iter("input") if field.get("name") == "csrf_token"]
        if len(tokens) != 1 or not tokens[0].get("value"):
            yield f"the form to {form.get('action', 'this page')!r} needs one csrf_token, has {len(tokens)}"


def _script_faults(page: Element, policy: str) -> Iterator[str]:
    if "unsafe" in policy or "default-src 'none'" not in policy:
        yield f"the content security policy is weak: {policy!r}"
    nonces = set(re.findall(r"'nonce-([^']+)'", policy))
    for element in page.iter():
        if element.tag == "script" and element.get("nonce") not in nonces:
            yield f"a script's nonce {element.get('nonce')!r} is not the policy's"
        if element.tag == "style" or element.get("style") is not None:
            yield f"{element.tag} carries inline style"
        handlers = [name for name in element.attrib if isinstance(name, str) and name.startswith("on")]
        if handlers:
            yield f"{element.tag} carries {', '.join(handlers)}"
        if (element.get("href") or "").lower().startswith("javascript:"):
            yield f"{element.tag} links to a script"
