"""Information someone must not see, who has been told, and who attends. None of it is in a family copy."""

from portal.questionnaire.model import (
    Applies,
    Choice,
    DateAnswer,
    Option,
    PeopleChoice,
    Per,
    Readers,
    Rows,
    Section,
    Text,
    When,
)
from portal.questionnaire.phrases import options, yes_no_details

RESTRICTED = Section(
    key="restricted",
    title="Information someone must not see",
    per=Per.REPORT,
    readers=Readers.PROFESSIONALS,
    introduction="Put here anything that could put a child or adult at risk if a family member read it: "
    "abuse someone told you about, where a person lives or is treated, who told you. "
    "It will be left out of every family copy. The chair decides how it is used. "
    "A court can order it to be shown.",
    questions=(
        Rows(
            key="items",
            text="What must someone not see?",
            reading="Information someone must not see",
            source="Surrey, South Ayrshire; field 49; screens",
            row_name="an item",
            maximum=10,
            instead=(Option("none", "I have nothing to put here"),),
            about="about",
            barred="must_not_see",
            professionals_when=When("read_by", ("professionals",)),
            questions=(
                Text(key="item", text="What is it?", reading="Information", limit=1500),
                PeopleChoice(key="about", text="Who is it about?", reading="About"),
                PeopleChoice(key="must_not_see", text="Who must not see it?", reading="Must not be seen by"),
                Text(
                    key="consequence",
                    text="What could happen if they did?",
                    reading="What could happen",
                    limit=500,
                ),
                Choice(
                    key="read_by",
                    text="Who may see it?",
                    reading="May be seen by",
                    options=options(
                        professionals="Chair and professionals, in private (usual)", chair="Chair only"
                    ),
                ),
                Text(
                    key="chair_reason",
                    text="Why the chair only?",
                    reading="Why the chair only",
                    limit=300,
                    when=When("read_by", ("chair",)),
                ),
                Choice(
                    key="agreed_with",
                    text="Whom have you agreed this with?",
                    reading="Agreed with",
                    options=options(chair="Chair", contact_team="Contact team", nobody="Nobody yet"),
                ),
            ),
        ),
        *yes_no_details(
            "staff_safety",
            "Could anybody at the conference be at risk from a family member?",
            "Risk to people at the conference",
            details="Who could be at risk, and from whom?",
            source="South Ayrshire; field 50",
        ),
    ),
)

TOLD = Section(
    key="told",
    title="Who has been told",
    per=Per.ADULT,
    readers=Readers.PROFESSIONALS,
    introduction="You do not need consent to send this report. "
    "Tell the family what you are sharing, unless that could put someone at risk or would delay this report.",
    questions=(
        Choice(
            key="told",
            text="Have you told this person what you are sharing?",
            reading="Told what is shared",
            source="Surrey, Jersey; fields 51, 53; screens",
            options=options(
                yes="Yes",
                risk="No, it could put someone at risk",
                not_reached="No, I could not reach them in time",
                asked_not_to="They asked me not to share, and I am sharing",
            ),
        ),
        DateAnswer(
            key="told_on",
            text="When did you tell them?",
            reading="Told on",
            source="Field 51",
            when=When("told", ("yes",)),
        ),
        Choice(
            key="told_how",
            text="How did you tell them?",
            reading="Told how",
            source="Field 51",
            options=options(
                in_person="In person", phone="By phone", video="By video", letter="By letter or message"
            ),
            when=When("told", ("yes",)),
        ),
        Text(
            key="told_reason",
            text="Why is it not safe to tell them, or why are you sharing against their wish?",
            reading="Reason",
            source="Field 51",
            limit=300,
            when=When("told", ("risk", "asked_not_to")),
        ),
    ),
)

TOLD_CHILD = Section(
    key="told_child",
    title="Whether the child has been told",
    per=Per.SUBJECT,
    readers=Readers.PROFESSIONALS,
    applies=Applies(person_kinds=("subject",)),
    questions=(
        Choice(
            key="told",
            text="Have you told this child what you are sharing?",
            reading="Child told what is shared",
            source="Surrey, Jersey; field 51",
            options=options(
                yes="Yes",
                too_young="No, too young to understand",
                risk="No, it could put someone at risk",
                not_reached="No, I have not been able to",
            ),
        ),
        Text(
            key="told_reason",
            text="Why is it not safe to tell the child?",
            reading="Why the child was not told",
            source="Field 51",
            limit=300,
            when=When("told", ("risk",)),
        ),
    ),
)

ATTENDANCE = Section(
    key="attendance",
    title="Coming to the conference",
    per=Per.REPORT,
    readers=Readers.PROFESSIONALS,
    questions=(
        Choice(
            key="attendance",
            text="Will somebody from the practice take part?",
            reading="Taking part",
            source="GMC; field 54",
            options=options(
                in_person="Yes, in person",
                video="Yes, by video",
                phone="Yes, by phone",
                report_only="No, this report only",
            ),
        ),
        Text(
            key="attendee",
            text="Who will take part, and on which number can the chair reach them?",
            reading="Who takes part",
            source="Field 54",
            limit=120,
            is_long=False,
            when=When("attendance", ("in_person", "video", "phone")),
        ),
        Text(
            key="support",
            text="What would help the family to take part?",
            reading="Support for the family to take part",
            source="Jersey; field 52",
            hint="For example an interpreter, easy words or a step-free room.",
            is_required=False,
            limit=300,
        ),
    ),
)
