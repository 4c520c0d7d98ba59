"""What error pages say: what happened and what to do next."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ErrorWords:
    """A page for one status: its heading and paragraphs."""

    title: str
    paragraphs: tuple[str, ...]


CSRF = ErrorWords(
    "Your form was not sent",
    (
        "Since you opened this page you signed in again, or signed out, in another tab. Nothing was saved "
        "just now.",
        "Sign in, if you are not signed in, then open the page again and send it again.",
    ),
)

SENT_OTHERWISE = ErrorWords(
    "You sent this form before with other words",
    (
        "The first was kept. What you typed now was not sent.",
        "To send this too, copy it, open the page again and send it from there.",
    ),
)

WORDS = {
    400: ErrorWords(
        "We could not read that request",
        ("Nothing was saved just now.", "Go back, check what you entered and try again."),
    ),
    401: ErrorWords(
        "Sign in to continue",
        ("You are not signed in, or you were signed out because nothing happened for a while.",),
    ),
    403: ErrorWords(
        "You cannot do this",
        (
            "Your role does not allow it.",
            "If you also work for another organisation, sign out and choose that one when you sign in. "
            "Otherwise ask whoever manages accounts where you work.",
        ),
    ),
    404: ErrorWords(
        "Page not found",
        (
            "If you typed the address, check it is right. If you pasted it, check you copied all of it.",
            "If you followed a link, the item may have been withdrawn, or may be meant for somebody else.",
        ),
    ),
    405: ErrorWords("That cannot be done from here", ("Go back to the page you came from and start again.",)),
    409: ErrorWords(
        "This has changed since you opened it",
        ("Nothing was saved just now.", "Go back, reload the page and see where it stands."),
    ),
    413: ErrorWords(
        "That is too big",
        ("Nothing was saved just now.", "Go back and send a smaller file, or split what you typed."),
    ),
    422: ErrorWords(
        "There is a problem with what you entered", ("Nothing was saved just now.", "Go back and correct it.")
    ),
    429: ErrorWords("Too many tries", ("Wait a few minutes and try again.",)),
    500: ErrorWords(
        "Something went wrong at our end",
        (
            "We cannot tell whether what you just sent was saved. Go back, reload the page and look.",
            "If it keeps happening, ring the contact team and give them the reference below.",
        ),
    ),
    503: ErrorWords(
        "The portal is not available just now",
        (
            "Try again in a few minutes. If you were sending something, keep the page open and send it "
            "again: it will not arrive twice.",
            "If the conference is today, ring the contact team.",
        ),
    ),
}


def words_for(status: int) -> ErrorWords:
    """The page for a status; those without one of their own read as 400 or 500."""
    return WORDS.get(status) or WORDS[500 if status >= 500 else 400]
