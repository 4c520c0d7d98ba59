"""The first page of the chair's and the professionals' pack: who was asked, what came, what is missing."""

from collections.abc import Iterable

from portal.documents.content import Block, Fact, Facts, Notice, NoticeKind, Table
from portal.packs.contents import AnswerGiven, ConferenceFacts, PackContents, PracticeAsked
from portal.web.words import clock_time, long_date, plural, short_date

NO_CONCERN = "This does not mean that there is no concern."
NOTHING_YET = "Nothing yet"


def cover_blocks(contents: PackContents) -> tuple[Block, ...]:
    """Facts, the table of practices, and a warning for each thing that is not there."""
    return (
        conference_facts(contents.conference, contents.people_words("subject")),
        practices_table(contents.asked),
        *_warnings(contents),
    )


def conference_facts(conference: ConferenceFacts, children: str) -> Facts:
    when = f"{long_date(conference.held_on)}, {clock_time(conference.starts_at)} to"
    return Facts(
        (
            Fact("Conference", conference.type_words),
            Fact("When and where", f"{when} {clock_time(conference.ends_at)}, {conference.place}"),
            Fact("Children", children),
            Fact("Chair", conference.chair),
            Fact("Social worker", conference.social_worker),
            Fact("Contact team", f"{conference.contact_team}, {conference.telephone}"),
        )
    )


def practices_table(asked: Iterable[PracticeAsked]) -> Table:
    """One row for each answer, and one for each practice from which something is still to come."""
    rows = tuple(row for practice in asked for row in _rows(practice))
    header = ("Practice", "Asked about", "What came", "Contact team’s check")
    return Table("Who was asked, and what came", header, rows or (("None", "", "", ""),), (25, 27, 28, 20))


def _rows(practice: PracticeAsked) -> list[tuple[str, str, str, str]]:
    who = (practice.name, practice.people_words or "Nobody any more")
    rows = [(*who, came_words(answer), answer.check_words) for answer in practice.answers]
    if practice.is_missing:
        came = "\n".join(filter(None, (_still_due(practice), practice.due, practice.expected)))
        rows.append((*who, came, "–"))
    return rows


def _still_due(practice: PracticeAsked) -> str:
    """What is missing. An answered request may be open again: returned, or about more people."""
    if not practice.answers:
        return NOTHING_YET
    about = f" about {practice.awaited_words}" if practice.awaited else ""
    return f"{'Something' if practice.has_report else 'A report'} is still to come{about}"


def came_words(answer: AnswerGiven) -> str:
    """What came and when, "Report, 2 March 2027 (late)"."""
    late = " (late)" if answer.is_late else ""
    return f"{answer.kind_words}, {short_date(answer.submitted_at)}{late}"


def _warnings(contents: PackContents) -> list[Block]:
    missing = [practice.name for practice in contents.asked if practice.is_missing]
    unchecked = [practice.name for practice in contents.asked if practice.has_unchecked]
    not_asked = [person.name for person in contents.not_asked]
    return [
        *_warning(len(missing), "practice has not answered", "practices have not answered", missing),
        *_warning(
            len(not_asked), "person nobody was asked about", "people nobody was asked about", not_asked
        ),
        *_unchecked(unchecked),
    ]


def _warning(count: int, singular: str, several: str, names: list[str]) -> list[Block]:
    if not count:
        return []
    title = plural(count, singular, several)
    return [Notice(NoticeKind.WARNING, title, f"{', '.join(names)}. {NO_CONCERN}")]


def _unchecked(names: list[str]) -> list[Block]:
    if not names:
        return []
    text = f"From: {', '.join(names)}. It is in this pack as it was sent."
    return [Notice(NoticeKind.INFORMATION, "Not yet checked by the contact team", text)]
