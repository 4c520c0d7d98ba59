"""A keyed digest of what a list says of one conference, to tell changed from unchanged."""

import json
import uuid
from dataclasses import asdict

from portal.conferences.list_conferences import ListedConference
from portal.crypto.keys import keyed_digest

NOT_SAID_OF_THE_FAMILY = ("line", "practice_name")
"""Where a person stands in the file, and a name that the practice code decides."""


def digest_of(authority_id: uuid.UUID, listed: ListedConference) -> bytes:
    """32 bytes that are equal when the list says the same, wherever in the file it stands.

    Keyed, because an unkeyed digest of a small family's details could be guessed back.
    """
    said = asdict(listed)
    del said["first_line"]
    for person in said["people"]:
        for name in NOT_SAID_OF_THE_FAMILY:
            del person[name]
    content = json.dumps(said, sort_keys=True, default=str).encode()
    return keyed_digest(authority_id, "list_digest", content)
