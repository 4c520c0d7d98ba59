"""Reading a conference list: what may go in, what stays out, and every reason at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from portal.conferences.list_conferences import ListedConference, read_conference
from portal.conferences.list_defects import Defect, Findings
from portal.conferences.list_family import check_identities, people_kept_confidential
from portal.conferences.list_known import KnownPeople, check_known, nobody_known
from portal.conferences.list_people import ListedPerson, read_person
from portal.conferences.list_rows import Directory, LineReader
from portal.conferences.list_text import Row, Sheet, read_sheet

__all__ = ["Defect", "Directory", "ListReading", "ListedConference", "ListedPerson", "read_list"]


@dataclass(frozen=True)
class ListReading:
    """What was read. `findings` holds defects and notices together, by line.

    `conferences` are sound and whole. `left_out` are the lines of all others, in the order of the file, and
    `left_out_refs` their references. When the list `is_refused`, no conference comes out.
    """

    conferences: tuple[ListedConference, ...]
    findings: tuple[Defect, ...]
    header: tuple[str, ...]
    left_out: tuple[Row, ...]
    is_refused: bool

    @property
    def defects(self) -> tuple[Defect, ...]:
        """What stops the import of a conference, or of the list."""
        return tuple(found for found in self.findings if found.stops_import)

    @property
    def notices(self) -> tuple[Defect, ...]:
        """What is worth knowing and stops nothing."""
        return tuple(found for found in self.findings if not found.stops_import)

    @property
    def left_out_refs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.conference_ref for row in self.left_out if row.conference_ref))


def read_list(
    raw: bytes, directory: Directory, today: date, known_people: KnownPeople = nobody_known
) -> ListReading:
    """Return what a conference list says. Any bytes can be read: what is wrong comes back as defects.

    `today` is the date in Europe/London; `known_people` tells who is already known under which person_ref.
    Nothing is written, and nothing but the arguments is looked at.
    """
    findings = Findings()
    sheet = read_sheet(raw, findings)
    conferences: tuple[ListedConference, ...] = ()
    # Without these two columns no line can be told from another, and every further defect would be noise.
    if not sheet.missing & {"conference_ref", "person_ref"}:
        conferences = _conferences(sheet, findings, directory, today, known_people)
    if sheet.is_refused:
        conferences = ()
    sound = {conference.ref for conference in conferences}
    left_out = tuple(row for row in sheet.rows if row.conference_ref not in sound)
    return ListReading(conferences, findings.ordered(), sheet.header, left_out, sheet.is_refused)


def _conferences(
    sheet: Sheet, findings: Findings, directory: Directory, today: date, known_people: KnownPeople
) -> tuple[ListedConference, ...]:
    readers = [LineReader(row, findings, sheet.missing) for row in sheet.rows]
    groups: dict[str, list[LineReader]] = {}
    for reader in readers:
        groups.setdefault(reader.conference_ref, []).append(reader)
    for reader in groups.pop("", []):
        reader.stop(
            "conference_ref", "missing: this line, and the conferences above and below it, are left out"
        )
        read_person(reader, directory, today)
    read = [read_conference(lines, directory, today) for lines in groups.values()]
    check_identities(readers)
    check_known(readers, known_people)
    confidential = people_kept_confidential(readers)
    waiting = _beside_a_line_without_reference(readers) | _with_a_line_defect(findings)
    sound = [conference for conference in read if conference and conference.ref not in waiting]
    return tuple(conference.keeping_confidential(confidential) for conference in sound)


def _beside_a_line_without_reference(readers: Sequence[LineReader]) -> set[str]:
    # The line may be a parent or a child of either neighbour, and neither may go in without them.
    waiting: set[str] = set()
    for direction in (readers, list(reversed(readers))):
        neighbour = ""
        for reader in direction:
            if reader.conference_ref:
                neighbour = reader.conference_ref
            elif neighbour:
                waiting.add(neighbour)
    return waiting


def _with_a_line_defect(findings: Findings) -> set[str]:
    return {found.conference_ref for found in findings.ordered() if found.stops_import}
