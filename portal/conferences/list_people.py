"""Reading one person of a conference list: one line, checked by itself."""

from dataclasses import dataclass
from datetime import date, timedelta

from portal.conferences import list_cells as cells
from portal.conferences.list_rows import Directory, LineReader
from portal.conferences.states import PersonRole

OLDEST = timedelta(days=366 * 120)
LONGEST_WAIT_FOR_BIRTH = timedelta(days=300)
ADULT_AT = 18
KEPT_AS_WRITTEN = (
    "family_name",
    "given_names",
    "also_known_as",
    "sex",
    "first_language",
    "address_line_1",
    "town",
    "postcode",
    "school_or_nursery",
    "notes",
)


@dataclass(frozen=True)
class ListedPerson:
    """One person in one conference. Empty text and None mean that the list does not say.

    `practice_code` empty: practice not known. `nhs_number` is 10 digits. `parent_of` and `must_not_see`
    hold person_refs of the same conference. `line` is where the person stands in the file.
    """

    ref: str
    role: PersonRole
    family_name: str
    given_names: str
    also_known_as: str
    born_on: date | None
    expected_on: date | None
    nhs_number: str
    sex: str
    first_language: str
    interpreter_needed: bool | None
    address_line_1: str
    town: str
    postcode: str
    is_address_confidential: bool
    lives_in_household: bool
    practice_code: str
    practice_name: str
    school_or_nursery: str
    nurse_email: str
    midwife_email: str
    parent_of: tuple[str, ...]
    parental_responsibility: str
    must_not_see: tuple[str, ...]
    notes: str
    line: int

    @property
    def is_unborn(self) -> bool:
        return self.born_on is None and self.expected_on is not None


def read_person(reader: LineReader, directory: Directory, today: date) -> ListedPerson | None:
    """Return the person on this line, or None when the line has a defect."""
    reader.needs("person_ref", "person_role", "family_name", "address_confidential", "lives_in_household")
    role = reader.value("person_role", cells.person_role)
    born_on, expected_on = _birth(reader, role, today)
    if not reader.text("given_names"):
        reader.note("given_names", "missing: the practice may not find this person")
    person = ListedPerson(
        ref=reader.text("person_ref"),
        role=role or PersonRole.OTHER_ADULT,
        born_on=born_on,
        expected_on=expected_on,
        nhs_number=_nhs_number(reader, is_unborn=expected_on is not None and born_on is None),
        interpreter_needed=reader.value("interpreter_needed", cells.yes_or_no),
        is_address_confidential=bool(reader.value("address_confidential", cells.yes_or_no)),
        lives_in_household=bool(reader.value("lives_in_household", cells.yes_or_no)),
        practice_code=_practice(reader, directory),
        practice_name=reader.text("gp_practice_name"),
        nurse_email=reader.known_email("nurse_email", directory.nurse_emails, "no such nurse"),
        midwife_email=reader.value("midwife_email", cells.email_address) or "",
        parent_of=cells.person_refs(reader.text("parent_of")),
        parental_responsibility=reader.value("parental_responsibility", cells.responsibility) or "",
        must_not_see=cells.person_refs(reader.text("must_not_see")),
        line=reader.line,
        **{column: reader.text(column) for column in KEPT_AS_WRITTEN},
    )
    return None if reader.bad else person


def _birth(reader: LineReader, role: PersonRole | None, today: date) -> tuple[date | None, date | None]:
    born_on = _born_on(reader, role, today)
    expected_on = reader.day("expected_delivery_date")
    is_empty = not reader.text("date_of_birth") and not reader.text("expected_delivery_date")
    if role is PersonRole.SUBJECT and is_empty:
        reader.stop("date_of_birth", "missing: a subject has a date of birth or an expected delivery date")
    if not reader.text("expected_delivery_date"):
        return born_on, None
    if reader.text("date_of_birth"):
        reader.stop("expected_delivery_date", "a born child cannot have one, nor can an adult")
    elif role and not role.is_child:
        reader.stop("expected_delivery_date", "only an unborn child has one: put it on the child's own line")
    elif expected_on and expected_on < today:
        reader.note("expected_delivery_date", "has passed: if the child is born, add the date of birth")
    elif expected_on and expected_on > today + LONGEST_WAIT_FOR_BIRTH:
        reader.note("expected_delivery_date", "more than ten months ahead")
    return born_on, expected_on


def _born_on(reader: LineReader, role: PersonRole | None, today: date) -> date | None:
    born_on = reader.day("date_of_birth")
    if born_on is None:
        return None
    if born_on > today:
        reader.stop("date_of_birth", "in the future: an unborn child has an expected delivery date instead")
    elif born_on < today - OLDEST:
        reader.stop("date_of_birth", "more than 120 years ago")
    elif role is PersonRole.SUBJECT and (today.year - ADULT_AT, today.month, today.day) >= (
        born_on.year,
        born_on.month,
        born_on.day,
    ):
        reader.note("date_of_birth", "this subject is 18 or over")
    return born_on


def _nhs_number(reader: LineReader, *, is_unborn: bool) -> str:
    number = reader.value("nhs_number", cells.nhs_number) or ""
    if number and is_unborn:
        reader.stop("nhs_number", "an unborn child has no NHS number")
    return number


def _practice(reader: LineReader, directory: Directory) -> str:
    code = reader.text("gp_practice_code").upper()
    if not code:
        reader.note("gp_practice_code", "practice not known: nobody is asked about this person until it is")
        return ""
    if code not in directory.practices:
        reader.stop("gp_practice_code", f"not a known practice{_practice_hint(code, directory)}")
        return ""
    listed, known = reader.text("gp_practice_name"), directory.practices[code]
    if listed and listed.casefold() != known.casefold():
        reader.note("gp_practice_name", f"this code belongs to {known}: check that it is the right practice")
    return code


def _practice_hint(code: str, directory: Directory) -> str:
    # Only letters and digits that look alike: guessing further could send a family to a stranger.
    alike = code[:1] + code[1:].translate(str.maketrans("OIL", "011"))
    if alike in directory.practices:
        return f": did you mean {alike}?"
    return ": it has the letter O where a zero may be meant" if "O" in code[1:] else ""
