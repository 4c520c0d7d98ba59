"""The states of the domain as people read them, each with the colour of its tag."""

STATE_WORDS: dict[tuple[str, str], tuple[str, str]] = {
    ("request", "open"): ("Not answered", "blue"),
    ("request", "answered"): ("Answered", "green"),
    ("request", "nothing_found"): ("Looked, nothing relevant found", "aqua-green"),
    ("request", "not_registered"): ("Not registered at this practice", "grey"),
    ("request", "withdrawn"): ("Withdrawn", "grey"),
    ("progress", "not_started"): ("Not started", "blue"),
    ("progress", "opened"): ("Opened", "blue"),
    ("progress", "drafting"): ("Being written", "yellow"),
    ("progress", "waiting_for_signature"): ("Waiting for a clinician to sign", "orange"),
    ("submission", "received"): ("Not yet checked", "blue"),
    ("submission", "accepted"): ("Checked", "green"),
    ("submission", "returned"): ("Returned to the practice", "orange"),
    ("submission", "withdrawn"): ("Withdrawn", "grey"),
    ("submission", "superseded"): ("Replaced by a newer one", "grey"),
    ("contact", "waiting"): ("Waiting", "blue"),
    ("contact", "held"): ("Being looked at", "yellow"),
    ("contact", "closed"): ("Closed", "grey"),
    ("contact", "deferred"): ("Put off", "purple"),
    ("conference", "planned"): ("Planned", "blue"),
    ("conference", "held"): ("Held", "green"),
    ("conference", "closed"): ("Closed", "grey"),
    ("conference", "postponed"): ("Postponed", "orange"),
    ("conference", "cancelled"): ("Cancelled", "grey"),
    ("pack", "requested"): ("Waiting to be made", "blue"),
    ("pack", "building"): ("Being made", "yellow"),
    ("pack", "ready"): ("Ready", "green"),
    ("pack", "failed"): ("Could not be made", "red"),
    ("pack", "superseded"): ("Replaced by a newer one", "grey"),
}


def state_in_words(of: str, state: str) -> tuple[str, str]:
    """A state's words and colour; raises KeyError for a state that nobody has put into words."""
    return STATE_WORDS[of, str(state)]
