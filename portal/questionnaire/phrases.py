"""Makers of questions that come back again and again; each returns plain questions."""

from portal.questionnaire.model import Choice, Option, Question, Readers, Text, When

NOT_LOOKED = Option("not_looked", "Not known or not looked")
YES, NO = Option("yes", "Yes"), Option("no", "No")


def options(**labels: str) -> tuple[Option, ...]:
    """Return options from value=words, in order."""
    return tuple(Option(value, label) for value, label in labels.items())


STATES = (
    *options(none_recorded="None recorded", current="Current", past="In the past"),
    NOT_LOOKED,
)
SHOWN = ("current", "past")


def yes_no_details(
    key: str, text: str, reading: str, *, details: str, source: str, readers: Readers = Readers.PROFESSIONALS
) -> tuple[Question, ...]:
    """Return yes, none recorded, or not looked; and the details when yes."""
    answers = (YES, Option("none_recorded", "No, none recorded"), NOT_LOOKED)
    return (
        Choice(key=key, text=text, reading=reading, source=source, options=answers, readers=readers),
        Text(
            key=f"{key}_details",
            text=details,
            reading=f"{reading}: details",
            source=source,
            limit=500,
            when=When(key, ("yes",)),
            readers=readers,
        ),
    )


def recorded_state(
    key: str,
    reading: str,
    *,
    source: str,
    note: str = "what is it, since when, and is it treated?",
    hint: str = "",
    readers: Readers = Readers.FAMILY,
    impact_readers: Readers = Readers.PARENT_OF_EVERY_CHILD,
) -> tuple[Question, ...]:
    """Return what the record shows, what it is, and its effect on the children.

    The effect speaks of the children, so only a parent of all of them may have it in a copy.
    """
    shown = When(key, SHOWN)
    return (
        Choice(
            key=key,
            text=f"{reading}: what does the record show?",
            reading=reading,
            source=source,
            hint=hint,
            options=STATES,
            readers=readers,
        ),
        Text(
            key=f"{key}_note",
            text=f"{reading}: {note}",
            reading=f"{reading}: what it is",
            source=source,
            limit=500,
            when=shown,
            readers=readers,
        ),
        Text(
            key=f"{key}_impact",
            text=f"{reading}: how does it affect the children?",
            reading=f"{reading}: effect on the children",
            source=source,
            hint="Write “not known” if you cannot tell.",
            limit=500,
            when=shown,
            readers=impact_readers,
        ),
    )
