"""Whether the people of a list fit together: in one conference, and from one conference to the next."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from portal.conferences import list_cells as cells
from portal.conferences.list_people import ListedPerson
from portal.conferences.list_rows import LineReader
from portal.conferences.states import PersonRole


def check_family(readers: Sequence[LineReader], people: Iterable[ListedPerson]) -> None:
    """Record what does not fit between the lines of one conference."""
    first_lines: dict[str, int] = {}
    for reader in readers:
        ref = reader.text("person_ref")
        if ref and ref in first_lines:
            reader.stop("person_ref", f"the same person is on line {first_lines[ref]} of this conference")
        first_lines.setdefault(ref, reader.line)
    for reader in readers:
        for column in ("parent_of", "must_not_see"):
            _check_refs(reader, column, first_lines)
    _check_subject(readers)
    _check_confidential_address(readers, people)


def _check_refs(reader: LineReader, column: str, known: dict[str, int]) -> None:
    # The place is told, not the text: a list with shifted columns may hold a name here.
    for place, ref in enumerate(cells.person_refs(reader.text(column)), start=1):
        if ref == reader.text("person_ref"):
            reader.stop(column, "names the person on this line")
        elif ref not in known:
            reader.stop(column, f"person_ref number {place} here is nobody in this conference")


def _check_subject(readers: Sequence[LineReader]) -> None:
    # A role that could not be read may be the subject's.
    if any(reader.is_bad("person_role") for reader in readers):
        return
    roles = {reader.value("person_role", cells.person_role) for reader in readers}
    if PersonRole.SUBJECT not in roles:
        readers[0].stop("person_role", "nobody in this conference is a subject")


def _check_confidential_address(readers: Sequence[LineReader], people: Iterable[ListedPerson]) -> None:
    people = tuple(people)
    hidden = {_address(person) for person in people if person.is_address_confidential} - {("", "")}
    reader_at = {reader.line: reader for reader in readers}
    for person in people:
        if not person.is_address_confidential and _address(person) in hidden:
            reason = "no, but somebody at the same address has yes: the address could be given away"
            reader_at[person.line].note("address_confidential", reason)


def _address(person: ListedPerson) -> tuple[str, str]:
    return person.address_line_1.casefold(), person.postcode.replace(" ", "").casefold()


def check_identities(readers: Sequence[LineReader]) -> None:
    """Record contradictions about one person_ref, and NHS numbers that two person_refs share.

    One person_ref with two birth dates, or two NHS numbers, is two people under one number: every line
    concerned is stopped, because nothing tells which is right. Two family names are only told, people do
    change names. Two person_refs with one NHS number are both kept and never merged.
    """
    named = [reader for reader in readers if reader.text("person_ref")]
    _check_one_value(named, "date_of_birth", _birth_date)
    _check_one_value(named, "nhs_number", _number)
    _note_other_names(named)
    _note_shared_numbers(named)


def people_kept_confidential(readers: Sequence[LineReader]) -> frozenset[str]:
    """The person_refs whose address any line calls confidential: one yes outweighs every no."""
    said_yes = {reader.text("person_ref") for reader in readers if _is_confidential(reader) is True}
    for reader in readers:
        if reader.text("person_ref") in said_yes and _is_confidential(reader) is False:
            reason = "no, but another line says yes for the same person_ref: it is kept confidential"
            reader.note("address_confidential", reason)
    return frozenset(said_yes - {""})


def _is_confidential(reader: LineReader) -> bool | None:
    return reader.value("address_confidential", cells.yes_or_no)


def _note_other_names(readers: Sequence[LineReader]) -> None:
    first_lines: dict[str, LineReader] = {}
    for reader in readers:
        name = reader.text("family_name").casefold()
        first = first_lines.setdefault(reader.text("person_ref"), reader) if name else reader
        if name != first.text("family_name").casefold():
            reader.note("family_name", f"not as on line {first.line}, which has the same person_ref")


def _birth_date(reader: LineReader) -> date | None:
    return reader.value("date_of_birth", cells.day)


def _number(reader: LineReader) -> str | None:
    return reader.value("nhs_number", cells.nhs_number)


def _check_one_value(
    readers: Sequence[LineReader], column: str, read: Callable[[LineReader], date | str | None]
) -> None:
    said: dict[str, list[tuple[LineReader, date | str]]] = {}
    for reader in readers:
        value = read(reader)
        if value is not None:
            said.setdefault(reader.text("person_ref"), []).append((reader, value))
    for lines in said.values():
        first_with = {value: reader for reader, value in reversed(lines)}
        if len(first_with) > 1:
            _stop_each(lines, column, sorted(first_with.values(), key=lambda reader: reader.line))


def _stop_each(
    lines: Sequence[tuple[LineReader, object]], column: str, differing: Sequence[LineReader]
) -> None:
    # The first two that differ are enough to name: whoever agrees with one does not with the other.
    first, second = differing[:2]
    value_of_first = next(value for reader, value in lines if reader is first)
    for reader, value in lines:
        other = second if value == value_of_first else first
        reader.stop(column, f"not the same as on line {other.line}, which has the same person_ref")


def _note_shared_numbers(readers: Sequence[LineReader]) -> None:
    holders: dict[str, dict[str, int]] = {}
    for reader in readers:
        number, ref = _number(reader), reader.text("person_ref")
        if number is None or ref in holders.setdefault(number, {}):
            continue
        if holders[number]:
            line = next(iter(holders[number].values()))
            reader.note(
                "nhs_number", f"the same number as on line {line}: both people are kept, never merged"
            )
        holders[number][ref] = reader.line
