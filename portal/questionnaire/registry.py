"""Which version of the report is asked now, and every version ever published.

To publish version 2: copy the folder gp_report_v1 to gp_report_v2, change the copy and its version, add it to
PUBLISHED, point CURRENT at it, and pin its digest in tests/questionnaire/test_published.py. Never edit a
published folder: old submissions are read with the version they name. (Before the first release is tagged,
version 1 may still be changed and pinned anew.)
"""

import hashlib
from dataclasses import fields, is_dataclass

from portal.errors import NotFound
from portal.questionnaire.gp_report_v1.report import GP_REPORT_V1
from portal.questionnaire.situation import Questionnaire

PUBLISHED = {GP_REPORT_V1.version: GP_REPORT_V1}
CURRENT = {
    "initial": GP_REPORT_V1,
    "review": GP_REPORT_V1,
    "pre-birth": GP_REPORT_V1,
    "transfer-in": GP_REPORT_V1,
}


def current(conference_type: str) -> Questionnaire:
    """Return what a report started now asks. Raise NotFound for a type nobody asks about."""
    if conference_type not in CURRENT:
        raise NotFound("There are no questions for this type of conference.")
    return CURRENT[conference_type]


def get(version: str) -> Questionnaire:
    """Return a published version by the name a report stored. Raise NotFound when there is none."""
    if version not in PUBLISHED:
        raise NotFound("This version of the report is not known.")
    return PUBLISHED[version]


def digest(questionnaire: Questionnaire) -> str:
    """Return the SHA-256 of every declared word and rule, as hexadecimal."""
    return hashlib.sha256(_spelled_out(questionnaire).encode()).hexdigest()


def _spelled_out(value: object) -> str:
    if is_dataclass(value):
        inside = ",".join(
            f"{field.name}={_spelled_out(getattr(value, field.name))}" for field in fields(value)
        )
        return f"{type(value).__name__}({inside})"
    if isinstance(value, tuple):
        return "(" + ",".join(_spelled_out(item) for item in value) + ")"
    return repr(str(value)) if isinstance(value, str) else repr(value)
