"""What can go wrong in the domain: each error carries a message for the person who must act on it."""


class DomainError(Exception):
    """Something the person asked for cannot be done; `message` says why and what to do."""

    default = "That cannot be done."

    def __init__(self, message: str = "") -> None:
        self.message = message or self.default
        super().__init__(self.message)


class NotFound(DomainError):
    default = "Page not found."


class NotAllowed(DomainError):
    default = "You cannot do this."


class NotReady(DomainError):
    default = "This is not ready yet."


class ImpossibleMove(DomainError):
    default = "This has already moved on. Reload the page to see where it stands."


class StaleEdit(DomainError):
    default = "Somebody else changed this while you were working on it."


class Conflict(DomainError):
    default = "Somebody else was quicker."


class SentOtherwise(Conflict):
    """The same form was sent before with other words; `location` is where the first sending led."""

    default = "The first was kept. What you typed now was not sent."

    def __init__(self, location: str) -> None:
        self.location = location
        super().__init__()


class InvalidInput(DomainError):
    default = "Check what you entered."


class TooMany(DomainError):
    default = "Too many attempts. Wait a few minutes and try again."
