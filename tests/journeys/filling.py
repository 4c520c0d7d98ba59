"""Fills in whatever a section page asks, as somebody would who has something to say about everything."""

from itertools import count

PREFERRED = ("full", "current", "told", "surgery", "up_to_date", "fact", "seen", "professionals", "yes")
"""Answers that call for no explanation, or for the one that a text can give."""

_numbers = count(1)


def fill_section(visitor, word):
    """Answer every question the page asks; each text holds `word` and a number. Returns the texts typed."""
    page = visitor.page
    for group in _names(page, "input[type=radio]"):
        _choose(page, group)
    for group in _names(page, "input[type=checkbox]"):
        box = page.locator(f'#section input[type=checkbox][name="{group}"]').first
        if not group.endswith("-mark") and _is_asked(box):
            box.check()
    typed = []
    for field in page.locator("#section textarea, #section input[type=text]").all():
        if _is_asked(field):
            text = _text_for(field, word)
            field.fill(text)
            typed += [text] if word in text else []
    return typed


def _choose(page, group):
    options = page.locator(f'#section input[type=radio][name="{group}"]')
    if not _is_asked(options.first):
        return
    values = [each.get_attribute("value") for each in options.all()]
    if group.endswith("-instead"):
        value = ""  # I have added to the list above
    else:
        value = next((each for each in PREFERRED if each in values), values[0])
    options.nth(values.index(value)).check()


def _is_asked(field):
    """Whether the condition it stands under holds, as the page itself says it."""
    return field.evaluate(
        """field => {
            const box = field.closest("[data-shown-when]");
            if (!box) return true;
            const values = box.dataset.shownFor.split(" ");
            const deciding = [...document.getElementsByName(box.dataset.shownWhen)];
            return deciding.some(input => input.checked && values.includes(input.value));
        }"""
    )


def _names(page, selector):
    found = page.locator(f"#section {selector}").all()
    return list(dict.fromkeys(each.get_attribute("name") for each in found))


def _text_for(field, word):
    name = field.get_attribute("name")
    for part, value in (("day", "3"), ("month", "4"), ("year", "2026")):
        if name.endswith(f"-{part}"):
            return value
    if field.get_attribute("inputmode") == "numeric":
        return "4"
    return f"{word}{next(_numbers)}"
