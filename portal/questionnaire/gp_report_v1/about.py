"""About the writer and the family, and whose record was read."""

from portal.questionnaire.model import Applies, Choice, DateAnswer, Per, Readers, Section, Text, When
from portal.questionnaire.phrases import NOT_LOOKED, options, yes_no_details

WRITER = Section(
    key="writer",
    title="You and the family",
    per=Per.REPORT,
    readers=Readers.FAMILY,
    questions=(
        Choice(
            key="knows_family",
            text="How well do you know this family?",
            reading="How well the writer knows the family",
            source="RCGP five Cs; field 9",
            options=options(
                knows_well="I know the family well",
                some_contact="I have had some contact with them",
                records_only="I know them only from the records",
            ),
            readers=Readers.PARENT_OF_EVERY_CHILD,
        ),
        *yes_no_details(
            "other_adults",
            "Do you know of another adult who lives with or cares for the children?",
            "Other adults around the children",
            details="Who are they, and how do you know?",
            source="Bolton, Jersey; field 12; lesson 1 (unseen men)",
        ),
        Text(
            key="corrections",
            text="What is wrong or missing in the details we sent?",
            reading="Corrections to the details sent",
            source="Bolton; field 7",
            hint="For example a name, a date of birth, an address or somebody we did not list.",
            is_required=False,
            limit=500,
        ),
        Text(
            key="involvement",
            text="What has the practice done with this family, and did it help?",
            reading="What the practice has done",
            source="Suffolk; field 35",
            is_required=False,
            limit=1000,
        ),
    ),
)

RECORD = Section(
    key="record",
    title="Record seen",
    per=Per.PERSON,
    readers=Readers.FAMILY,
    applies=Applies(person_kinds=("subject", "sibling", "mother", "father", "partner", "other_adult")),
    questions=(
        Choice(
            key="coverage",
            text="Did you read this person’s record?",
            reading="Record seen",
            source="South Ayrshire; field 14",
            options=(
                *options(
                    full="Yes, the full record",
                    summary="Yes, the summary only",
                    not_read="No, they are registered here but I did not read it",
                    elsewhere="No, they are registered elsewhere",
                    not_known="I do not know where they are registered",
                ),
            ),
            readers=Readers.FAMILY,
        ),
        DateAnswer(
            key="read_back_to",
            text="How far back did you read?",
            reading="Record read back to",
            source="Issue 2, short answers; field 15",
            hint="The year is enough.",
            when=When("coverage", ("full", "summary")),
            readers=Readers.FAMILY,
        ),
        Text(
            key="not_read_reason",
            text="Why did you not read it?",
            reading="Why the record was not read",
            source="Field 14",
            limit=200,
            is_long=False,
            when=When("coverage", ("not_read",)),
        ),
    ),
)

SIBLING = Section(
    key="sibling",
    title="What matters about this child",
    per=Per.PERSON,
    readers=Readers.FAMILY,
    applies=Applies(person_kinds=("sibling",)),
    questions=(
        *yes_no_details(
            "sibling_concern",
            "Does this brother’s or sister’s record show anything the conference should know?",
            "Brother or sister: anything the conference should know",
            details="What should the conference know about this brother or sister?",
            source="Working Together: all children of the household; 1.2",
            readers=Readers.FAMILY,
        ),
    ),
)

UNBORN = Section(
    key="pregnancy",
    title="The pregnancy",
    per=Per.SUBJECT,
    # The mother's own health: left out of every family copy, because a father may not know it.
    readers=Readers.PROFESSIONALS,
    applies=Applies(person_kinds=("unborn",)),
    questions=(
        Choice(
            key="booking",
            text="When was the pregnancy booked?",
            reading="Booking",
            source="Pre-birth additions 2.6",
            options=(
                *options(
                    early="Before 10 weeks",
                    middle="From 10 to 20 weeks",
                    late="After 20 weeks",
                    not_booked="Not booked",
                ),
                NOT_LOOKED,
            ),
        ),
        Choice(
            key="antenatal",
            text="Have antenatal appointments been kept?",
            reading="Antenatal appointments",
            source="Pre-birth additions 2.6",
            options=(*options(kept="Kept", some_missed="Some missed", most_missed="Most missed"), NOT_LOOKED),
        ),
        *yes_no_details(
            "earlier_children",
            "Has an earlier child of either parent been removed, or died?",
            "Earlier children removed, or died",
            details="What happened, and when?",
            source="Pre-birth additions 2.6",
        ),
        Text(
            key="pregnancy_health",
            text="What about the mother’s health or medicines matters for the baby?",
            reading="Health and medicines in pregnancy",
            source="Pre-birth additions 2.6",
            hint="Write “nothing recorded” or “not looked” if so.",
            limit=1000,
        ),
        Text(
            key="birth_plan",
            text="What should be in place for the birth and the first weeks?",
            reading="For the birth and the first weeks",
            source="Pre-birth additions 2.6",
            is_required=False,
            limit=500,
        ),
    ),
)
