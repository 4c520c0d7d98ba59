"""Invented stories that the demonstration's reports tell: words only, about nobody in particular."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What the record shows of an adult: none_recorded, current, past or not_looked; what; its effect."""

    state: str
    what: str = ""
    effect: str = ""


NONE = Finding("none_recorded")
NOT_LOOKED = Finding("not_looked")


@dataclass(frozen=True)
class Secret:
    """Something that one adult told and another must not see."""

    item: str
    consequence: str
    chair_reason: str = ""
    """Why only the chair may see it; empty: the professionals too."""


@dataclass(frozen=True)
class Story:
    """One family's troubles, as a practice may know them."""

    worry: str
    worry_kind: str
    missed: tuple[str, ...]
    visit: tuple[str, str]
    """Where, and the reason given."""
    health: str
    unmet: str
    voice: str
    strength: str
    safety: str
    need: str
    harm: str
    category: str
    reasons: str
    events: tuple[tuple[int, str, str], ...]
    """Days ago, what happened, how known."""
    mind: Finding
    alcohol: Finding
    abuse: Finding
    secret: Secret | None
    news: str


NEGLECT = Story(
    worry=(
        "The children were not brought to seven of eleven appointments in a year. Asthma is not controlled:"
        " the preventer was last collected nine months ago, and the reliever five times since."
    ),
    worry_kind="danger",
    missed=("Asthma review with the practice nurse", "Hospital paediatric clinic", "School dental check"),
    visit=("Hospital emergency department", "Short of breath at night; settled with nebulisers"),
    health=(
        "Asthma since the age of three, with two courses of steroid tablets this year. Weight is steady on"
        " the 25th centile. Eczema on arms and legs, treated when seen."
    ),
    unmet="A yearly asthma review, a spacer at school, and dental care: four teeth are decayed.",
    voice=(
        "Told the nurse: “I use my blue puffer when I run. I don’t know where the brown one is.” Said that"
        " breakfast is at school most days."
    ),
    strength="The grandmother came to the last two appointments and asks how she can help. Since summer.",
    safety=(
        "When the breathing was bad in the night, the mother rang 111 within the hour and followed the "
        "advice."
    ),
    need=(
        "One adult named to bring the child to asthma reviews. The practice will text both addresses each"
        " time."
    ),
    harm="likely",
    category="neglect",
    reasons=(
        "Fact: seven missed appointments and one emergency visit in twelve months. Fact: the preventer "
        "was not"
        " collected. Opinion: without change, another serious attack is likely."
    ),
    events=(
        (320, "Not brought to the hospital paediatric clinic; letter sent home", "other_service"),
        (150, "Emergency department at night with asthma; steroids given", "other_service"),
        (40, "Seen by the practice nurse with the grandmother; inhaler technique shown", "seen"),
    ),
    mind=Finding(
        "current",
        "Low mood since the youngest was born; started an antidepressant eight months ago, collected twice",
        "On bad days the older child gets the younger ones ready for school",
    ),
    alcohol=NOT_LOOKED,
    abuse=NONE,
    secret=None,
    news=(
        "The grandmother rang today: the child has been staying with her since Sunday and has both inhalers."
    ),
)

VIOLENCE = Story(
    worry=(
        "The children were in the home during at least two assaults this year. The younger one has been "
        "wetting"
        " the bed since the second."
    ),
    worry_kind="past_harm",
    missed=("Immunisations before school",),
    visit=("Out-of-hours centre", "A bruised arm; said to be from a fall on the stairs"),
    health="Generally well. Seen for tummy aches three times since spring; no cause found. Growth is normal.",
    unmet="A check of hearing and speech, asked for by the nursery and not yet booked.",
    voice="Drew a house with “the shouting room” and said: “We go upstairs when it gets loud.”",
    strength="School is a safe place: attendance is above 95 per cent, and the class teacher is trusted.",
    safety=(
        "After the second assault the mother rang the police the same night and took the children to her "
        "sister."
    ),
    need=(
        "A safe way to reach the mother that nobody else reads. The practice will see her alone at each "
        "visit."
    ),
    harm="likely",
    category="emotional",
    reasons=(
        "Fact: two injuries recorded, on different explanations. Fact: bed-wetting began the same week. "
        "Opinion: the"
        " children are living with fear, and it is harming them."
    ),
    events=(
        (210, "Bruised arm seen at the out-of-hours centre; a fall was described", "other_service"),
        (95, "Police notification of an assault at home; children present", "other_service"),
        (60, "Bed-wetting began; told by a parent", "told"),
        (21, "Seen alone: tearful, said that things are worse at weekends", "seen"),
    ),
    mind=Finding(
        "current",
        "Anxiety since last winter, waiting for talking therapy",
        "Tired and short of patience, by their own account; the children are collected late",
    ),
    alcohol=Finding(
        "past", "Drank heavily two years ago; two normal blood tests since", "None known at present"
    ),
    abuse=Finding(
        "current",
        "Harmed by a partner twice this year, in March and August; police informed the second time",
        "The children heard both assaults and saw the second",
    ),
    secret=Secret(
        item=(
            "Told us, alone, that she is planning to leave within weeks and has an appointment with a refuge."
        ),
        consequence="If it became known, the risk of a serious assault would rise at once.",
    ),
    news=(
        "Seen today for a wrist injury, with the youngest child. Says it was a door. Photographs are in "
        "the record."
    ),
)

BABY = Story(
    worry=(
        "A parent’s mental illness was severe after the last birth. Medicines were stopped three months "
        "ago without"
        " telling the practice."
    ),
    worry_kind="danger",
    missed=("Perinatal mental health clinic", "Six-week check"),
    visit=("Hospital emergency department", "Not feeding well; weight loss of 8 per cent"),
    health="Born at 37 weeks. Gained weight slowly at first and is now following the 9th centile.",
    unmet="Second immunisations are two months late.",
    voice=(
        "Too young for words. Settles quickly with both parents; startled by loud voices in the waiting room."
    ),
    strength="Both parents came to every weight check for two months, and keep a feeding diary.",
    safety=(
        "When the mother felt unwell in spring, the father took leave and rang the crisis team the same day."
    ),
    need="One plan for the early signs of illness, known to both parents, the practice and the family nurse.",
    harm="cannot_say",
    category="neglect",
    reasons=(
        "Fact: relapse followed within weeks of stopping medicines last time. Fact: the baby is gaining "
        "weight."
        " Opinion: safe while two adults are well; not safe if one is ill and alone with the baby."
    ),
    events=(
        (400, "Admitted to a mental health unit for five weeks after the last birth", "other_service"),
        (90, "Repeat prescription not collected for the first time", "seen"),
        (30, "Rang the practice: sleeping two hours a night, feels “wired”", "told"),
    ),
    mind=Finding(
        "current",
        "Bipolar disorder, known for nine years; last admission fourteen months ago",
        "When unwell, forgets feeds and cannot settle the baby",
    ),
    alcohol=NONE,
    abuse=NOT_LOOKED,
    secret=Secret(
        item=(
            "A relative rang and asked that nobody learn of it: medicines are being hidden from the partner."
        ),
        consequence="The relative would be cut off and could no longer see the children.",
        chair_reason="Only one relative could know this, so whoever reads it knows who rang.",
    ),
    news="The crisis team has taken the mother on today and will visit daily until the conference.",
)

STORIES = (NEGLECT, VIOLENCE, BABY)
