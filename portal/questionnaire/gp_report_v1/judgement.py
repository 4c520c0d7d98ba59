"""Worries, strengths, safety, what needs to happen, and the opinion for each child."""

from portal.questionnaire.model import (
    CHILD_KINDS,
    Applies,
    Choice,
    Choices,
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
from portal.questionnaire.phrases import NOT_LOOKED, options

PLAN_VIEW = "asks_plan_view"
"""Setting of an authority that asks agencies whether there should be a plan."""


def _children(text: str) -> PeopleChoice:
    return PeopleChoice(
        key="children", text=text, reading="Children", kinds=CHILD_KINDS, readers=Readers.FAMILY
    )


def _barred(text: str) -> PeopleChoice:
    return PeopleChoice(
        key="must_not_see",
        text=text,
        reading="Must not be seen by",
        hint="Leave empty if nobody.",
        is_required=False,
    )


WORRIES = Section(
    key="worries",
    title="What are you worried about?",
    per=Per.REPORT,
    readers=Readers.FAMILY,
    questions=(
        Rows(
            key="worries",
            text="What has harmed the children, or could?",
            reading="Worries",
            source="Suffolk, Leicester; fields 36 to 38",
            row_name="a worry",
            maximum=12,
            instead=(
                Option(
                    "none_found", "I found nothing that worries me. This does not mean there are no concerns"
                ),
                Option("cannot_say", "I do not know enough to say"),
            ),
            about="children",
            barred="must_not_see",
            readers=Readers.FAMILY,
            questions=(
                Choice(
                    key="kind",
                    text="Past or future",
                    reading="Kind",
                    options=options(
                        past_harm="Harm that has happened",
                        danger="Danger now or in future if nothing changes",
                        harder="Something that makes it harder to keep the child safe",
                    ),
                    readers=Readers.FAMILY,
                ),
                Text(
                    key="worry",
                    text="What worries you, and what shows it",
                    reading="Worry",
                    limit=1500,
                    readers=Readers.FAMILY,
                ),
                _children("Children this worry is about"),
                _barred("Who must not see this worry"),
            ),
        ),
    ),
)

SAFETY = Section(
    key="safety",
    title="What works, and what needs to happen",
    per=Per.REPORT,
    readers=Readers.FAMILY,
    introduction="A strength is something good. "
    "Safety is what has already protected the child, shown over time.",
    questions=(
        Rows(
            key="strengths",
            text="What is going well for the children?",
            reading="Strengths",
            source="Leicester, Suffolk; field 39",
            row_name="a strength",
            maximum=10,
            instead=(Option("none_found", "I found none"), NOT_LOOKED),
            about="children",
            barred="must_not_see",
            readers=Readers.FAMILY,
            questions=(
                Text(
                    key="strength",
                    text="What goes well, and for how long",
                    reading="Strength",
                    limit=750,
                    readers=Readers.FAMILY,
                ),
                _children("Children this strength is about"),
                _barred("Who must not see this strength"),
            ),
        ),
        Rows(
            key="safety_shown",
            text="What has already kept the children safe, shown over time?",
            reading="Safety shown over time",
            source="Leicester; field 39; lesson on optimism",
            row_name="an example",
            maximum=10,
            instead=(Option("none_found", "I found no example"), NOT_LOOKED),
            about="children",
            barred="must_not_see",
            readers=Readers.FAMILY,
            questions=(
                Text(
                    key="example",
                    text="Who did what, and how it kept the child safe",
                    reading="Example",
                    limit=750,
                    readers=Readers.FAMILY,
                ),
                DateAnswer(key="on", text="Date of the example", reading="Date", readers=Readers.FAMILY),
                _children("Children this example is about"),
                _barred("Who must not see this example"),
            ),
        ),
        Rows(
            key="needs",
            text="What needs to happen for the children to be safe and well?",
            reading="What needs to happen",
            source="Suffolk, Surrey; fields 40, 42",
            row_name="an action",
            maximum=10,
            instead=(Option("cannot_say", "I cannot say"),),
            about="children",
            barred="must_not_see",
            readers=Readers.FAMILY,
            questions=(
                Text(
                    key="action",
                    text="What should be done, and by whom",
                    reading="Action",
                    hint="Say what the practice itself will do.",
                    limit=500,
                    readers=Readers.FAMILY,
                ),
                _children("Children this action is for"),
                _barred("Who must not see this action"),
            ),
        ),
    ),
)

OPINION = Section(
    key="opinion",
    title="Your opinion for this child",
    per=Per.SUBJECT,
    readers=Readers.FAMILY,
    questions=(
        Text(
            key="changes",
            text="What has changed for this child since the last conference?",
            reading="Changes since the last conference",
            source="Review differences 2.5; field 58",
            hint="Write “no change found” if you looked and found none.",
            limit=1000,
            applies=Applies(conference_types=("review",)),
            readers=Readers.FAMILY,
        ),
        Choice(
            key="safer",
            text="Is this child safer than at the last conference?",
            reading="Safer since the last conference",
            source="Review differences 2.5",
            options=options(safer="Safer", same="The same", less_safe="Less safe", cannot_say="I cannot say"),
            applies=Applies(conference_types=("review",)),
            readers=Readers.FAMILY,
        ),
        Choice(
            key="harm",
            text="Is this child likely to suffer significant harm?",
            reading="Opinion on significant harm",
            source="Sussex; field 46",
            options=options(likely="Likely", unlikely="Unlikely", cannot_say="I cannot say from what I know"),
            readers=Readers.FAMILY,
        ),
        Choices(
            key="categories",
            text="Which kinds of harm?",
            reading="Kinds of harm",
            source="Working Together; field 46",
            options=options(
                neglect="Neglect",
                physical="Physical abuse",
                sexual="Sexual abuse",
                emotional="Emotional abuse",
            ),
            when=When("harm", ("likely",)),
            readers=Readers.FAMILY,
        ),
        Text(
            key="reasons",
            text="Why do you think so? Say what the health information means for this child",
            reading="Reasons for the opinion",
            source="BJGP Box 1, Surrey; field 45",
            hint="Give facts with dates, and say which part is your opinion.",
            limit=1500,
            readers=Readers.FAMILY,
        ),
        Choice(
            key="plan_view",
            text="Should this child have a child protection plan?",
            reading="View on a plan",
            source="Surrey; field 47",
            options=options(yes="Yes", no="No", no_view="No view"),
            applies=Applies(setting=PLAN_VIEW),
            readers=Readers.FAMILY,
        ),
    ),
)
