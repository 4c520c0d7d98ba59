"""The names of a report's form fields, and the raw answers taken from a posted form.

Pages are drawn straight from the declarations (templates/components/question.html) and not through WTForms
classes: a WTForms field coerces what was typed, and a draft must give back exactly that, invalid dates and
over-long text included. What is wrong is said by `problems`, not here. The CSRF token is a PortalForm's.

Names: `key`; `key-day`, `key-month`, `key-year`, `key-mark` for a date; `key-0-sub` for the first row's
`sub`; `key-instead` for "none recorded" and the like. The same names are the keys of the stored answers.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol, TypeAlias

from portal.questionnaire.model import Choices, DateAnswer, PeopleChoice, Question, Rows
from portal.questionnaire.situation import SectionPart

RawAnswers: TypeAlias = Mapping[str, str | Sequence[str]]
"""Field name → what was typed (text) or ticked (list of values). JSON-able; never cleaned."""


class PostedForm(Protocol):
    """What is needed of a posted form: werkzeug's MultiDict has it."""

    def getlist(self, key: str) -> list[str]:
        """Return every value posted under one name."""


def typed(answers: RawAnswers, name: str) -> str:
    """Return the text stored under a field name, "" when there is none; browsers' line ends become one."""
    value = answers.get(name, "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else ""


def ticked(answers: RawAnswers, name: str) -> list[str]:
    """Return the values ticked under a field name."""
    value = answers.get(name, ())
    return [] if isinstance(value, str) else list(value)


def raw_from_form(part: SectionPart, form: PostedForm) -> dict[str, str | list[str]]:
    """Return what was typed, exactly, under the names the section declares; everything else is left behind.

    The whole section's names, not only those asked now: a page may be older than a change of what is asked.
    """
    raw: dict[str, str | list[str]] = {}
    for question in part.section.questions:
        for name, is_list in field_names(question, question.key):
            values = form.getlist(name)
            if values and any(values):
                raw[name] = values if is_list else values[0]
    return raw


def asked_now(part: SectionPart, answers: RawAnswers) -> dict[str, str | Sequence[str]]:
    """Return the answers under the names the part asks for; only these count, and only these are sent."""
    names = _names_of(part)
    return {name: value for name, value in answers.items() if name in names}


def left_over(part: SectionPart, answers: RawAnswers) -> dict[str, str | Sequence[str]]:
    """Return the answers to what the part no longer asks: kept with the draft, shown to its writers alone."""
    names = _names_of(part)
    return {name: value for name, value in answers.items() if name not in names}


def _names_of(part: SectionPart) -> frozenset[str]:
    return frozenset(
        name for question in part.questions for name, _is_list in field_names(question, question.key)
    )


def field_names(question: Question, name: str) -> Iterator[tuple[str, bool]]:
    """Yield the field names of a question asked under `name`, and whether each holds a list."""
    if isinstance(question, Rows):
        yield f"{name}-instead", False
        for index in range(question.maximum):
            for inner in question.questions:
                yield from field_names(inner, f"{name}-{index}-{inner.key}")
    elif isinstance(question, DateAnswer):
        yield from ((f"{name}-{part}", False) for part in ("day", "month", "year"))
        yield f"{name}-mark", True
    else:
        yield name, isinstance(question, Choices | PeopleChoice)


def rows_typed(rows: Rows, answers: RawAnswers) -> tuple[int, ...]:
    """Return the indexes of the rows in which anything but blanks was typed or ticked."""
    pattern = re.compile(re.escape(rows.key) + r"-(\d{1,3})-")
    found = (
        (pattern.match(name), value if isinstance(value, str) else "".join(value))
        for name, value in answers.items()
    )
    indexes = {int(match[1]) for match, text in found if match and text.strip()}
    return tuple(sorted(index for index in indexes if index < rows.maximum))


def rows_shown(rows: Rows, answers: RawAnswers) -> tuple[int, ...]:
    """Return the indexes a page shows: every typed row and, while there is room, one empty one."""
    present = rows_typed(rows, answers)
    free = (
        index for index in range(rows.maximum) if index not in present and index > max(present, default=-1)
    )
    gap = (index for index in range(rows.maximum) if index not in present)
    blank = next(free, next(gap, None))
    return present if blank is None else (*present, blank)


def without_row(rows: Rows, answers: RawAnswers, index: int) -> dict[str, str | Sequence[str]]:
    """Return the answers without one row (the "Remove" button); other rows keep their names."""
    return {name: value for name, value in answers.items() if not name.startswith(f"{rows.key}-{index}-")}
