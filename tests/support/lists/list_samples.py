"""Small conference lists for tests, and the sample lists."""

import csv
import io
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from portal.conferences.list_columns import COLUMN_NAMES
from portal.conferences.list_defects import Defect
from portal.conferences.list_rows import Directory

TODAY = date(2026, 11, 23)
LISTS = Path(__file__).parent


def sample(name: str) -> bytes:
    return (LISTS / name).read_bytes()


def _practices() -> dict[str, str]:
    rows = csv.DictReader(io.StringIO(sample("practices.csv").decode(), newline=""))
    return {row["ods_code"]: row["name"] for row in rows}


DIRECTORY = Directory(
    practices=_practices(),
    chair_emails=frozenset(
        {"chair@children.example.org", *(f"chair{number}@children.example.org" for number in range(1, 5))}
    ),
    nurse_emails=frozenset(f"beststart{number}@nursing.example.org" for number in range(1, 4)),
)

CONFERENCE = {
    "conference_type": "initial",
    "strategy_discussion_date": "2026-12-01",
    "conference_date": "2026-12-15",
    "start_time": "10:00",
    "end_time": "12:00",
    "venue": "Council House",
    "chair_email": "chair1@children.example.org",
    "family_name": "Example",
    "address_line_1": "1 Example Road",
    "postcode": "ZZ1 1ZZ",
    "address_confidential": "no",
    "lives_in_household": "yes",
    "gp_practice_code": "Y90001",
    "gp_practice_name": "Lakeside Surgery",
}
CHILD = {"person_ref": "P1", "person_role": "subject", "given_names": "Sam", "date_of_birth": "2021-08-02"}
MOTHER = {"person_ref": "P2", "person_role": "mother", "given_names": "Alex", "date_of_birth": "1992-04-22"}
FATHER = {"person_ref": "P3", "person_role": "father", "given_names": "Jo", "date_of_birth": "1990-01-13"}


def rows_of_one_conference(ref: str = "C-1") -> list[dict[str, str]]:
    """Return a sound conference on lines 2 to 4: a child with an NHS number, the mother, the father."""
    empty = dict.fromkeys(COLUMN_NAMES, "")
    shared = empty | CONFERENCE | {"conference_ref": ref}
    return [
        shared | CHILD | {"nhs_number": "9991107282"},
        shared | MOTHER | {"parent_of": "P1", "parental_responsibility": "yes"},
        shared | FATHER | {"parent_of": "P1", "parental_responsibility": "not known"},
    ]


def list_of(
    rows: Iterable[dict[str, str]], columns: Iterable[str] = COLUMN_NAMES, delimiter: str = ","
) -> bytes:
    """Return the rows as a CSV file in UTF-8."""
    page = io.StringIO(newline="")
    writer = csv.DictWriter(page, list(columns), delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return page.getvalue().encode()


def found_at(findings: Iterable[Defect], line: int, column: str) -> str:
    """Return the reason of the finding at this place, or an empty string."""
    return next((found.reason for found in findings if (found.line, found.column) == (line, column)), "")
