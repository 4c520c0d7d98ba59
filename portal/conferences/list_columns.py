"""The columns of a conference list, declared once: what they mean, when they are needed, an example."""

import csv
import io
from dataclasses import dataclass

SHORT = 300
LONG = 10_000


@dataclass(frozen=True)
class Column:
    """One column. `of_conference`: every line of a conference must say the same in it."""

    name: str
    meaning: str
    needed: str
    child_example: str
    mother_example: str
    of_conference: bool = False
    longest: int = SHORT


def _conference(name: str, meaning: str, needed: str, example: str, longest: int = SHORT) -> Column:
    return Column(name, meaning, needed, example, example, of_conference=True, longest=longest)


ALWAYS = "always"
MAY_BE_EMPTY = "may be empty"

COLUMNS: tuple[Column, ...] = (
    _conference("conference_ref", "Your case system's number for the conference", ALWAYS, "CPC-EXAMPLE-1"),
    _conference("conference_type", "initial, review, pre-birth or transfer-in", ALWAYS, "initial"),
    _conference(
        "strategy_discussion_date",
        "Day of the strategy discussion, year-month-day. It starts the 15 working days",
        "for initial, pre-birth and transfer-in conferences",
        "2030-01-07",
    ),
    _conference("conference_date", "Day of the conference, year-month-day", ALWAYS, "2030-01-28"),
    _conference("start_time", "Start, 24-hour local time", ALWAYS, "10:00"),
    _conference("end_time", "End, 24-hour local time", ALWAYS, "12:00"),
    _conference("venue", "Where people meet", "unless there is a link", "Council House, Room 2"),
    _conference("online_link", "Address of the online meeting", "unless there is a venue", ""),
    _conference("chair_email", "E-mail of a chair who uses the portal", ALWAYS, "chair@children.example.org"),
    _conference("social_worker", "Name of the social worker", MAY_BE_EMPTY, "A. Example"),
    _conference("social_worker_phone", "Their telephone number", MAY_BE_EMPTY, "0121 496 0100"),
    Column("person_ref", "Your number for the person, the same in every conference", ALWAYS, "P1", "P2"),
    Column(
        "person_role", "subject, sibling, mother, father, partner, other_adult", ALWAYS, "subject", "mother"
    ),
    Column("family_name", "Family name", ALWAYS, "Example", "Example"),
    Column("given_names", "Given names", MAY_BE_EMPTY, "Sam", "Alex"),
    Column("also_known_as", "Other names", MAY_BE_EMPTY, "", ""),
    Column(
        "date_of_birth",
        "Year-month-day. Empty for an unborn child",
        "for each subject, unless unborn",
        "2021-03-14",
        "1994-08-02",
    ),
    Column("expected_delivery_date", "Only for an unborn child", "for an unborn subject", "", ""),
    Column("nhs_number", "10 digits. Empty for an unborn child", MAY_BE_EMPTY, "9990000018", "9990000026"),
    Column("sex", "As your case system records it", MAY_BE_EMPTY, "male", "female"),
    Column("first_language", "First language", MAY_BE_EMPTY, "English", "English"),
    Column("interpreter_needed", "yes or no. Empty: not known", MAY_BE_EMPTY, "no", "no"),
    Column("address_line_1", "Address", MAY_BE_EMPTY, "1 Example Road", "1 Example Road"),
    Column("town", "Town", MAY_BE_EMPTY, "Exampleton", "Exampleton"),
    Column("postcode", "Postcode", MAY_BE_EMPTY, "ZZ1 1ZZ", "ZZ1 1ZZ"),
    Column("address_confidential", "yes hides the address, and all that gives it away", ALWAYS, "no", "no"),
    Column("lives_in_household", "yes; no also when not known", ALWAYS, "yes", "yes"),
    Column("gp_practice_code", "Practice code. Empty: not known", MAY_BE_EMPTY, "", ""),
    Column("gp_practice_name", "Practice name", MAY_BE_EMPTY, "", ""),
    Column("school_or_nursery", "School or nursery", MAY_BE_EMPTY, "", ""),
    Column("nurse_email", "E-mail of a nurse who uses the portal", MAY_BE_EMPTY, "", ""),
    Column("midwife_email", "E-mail of the midwife, for an unborn child", MAY_BE_EMPTY, "", ""),
    Column("parent_of", "person_refs of their own children, with spaces between", MAY_BE_EMPTY, "", "P1"),
    Column("parental_responsibility", "yes, no or not known", MAY_BE_EMPTY, "", "yes"),
    Column("must_not_see", "person_refs they must not be told about", MAY_BE_EMPTY, "", ""),
    _conference(
        "conference_reason", "Why the conference is called. Practices read it first", MAY_BE_EMPTY, "", LONG
    ),
    _conference(
        "questions_for_general_practice", "What you want to know from the practice", MAY_BE_EMPTY, "", LONG
    ),
    Column("notes", "Notes for the contact team", MAY_BE_EMPTY, "", "", longest=LONG),
)

COLUMN_NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
COLUMN_BY_NAME: dict[str, Column] = {column.name: column for column in COLUMNS}
CONFERENCE_COLUMNS: tuple[str, ...] = tuple(column.name for column in COLUMNS if column.of_conference)

# Added to a file of left-out lines; ignored when such a file comes back.
REASON_COLUMN = "left_out_because"


def template_csv() -> str:
    """Return the column names and one invented conference, a child and the mother, as CSV text."""
    page = io.StringIO(newline="")
    writer = csv.writer(page)
    writer.writerow(COLUMN_NAMES)
    writer.writerow([column.child_example for column in COLUMNS])
    writer.writerow([column.mother_example for column in COLUMNS])
    return page.getvalue()
