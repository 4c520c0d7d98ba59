"""The legal words of the journey, in one place; approved by nobody yet: each deployer's officer must."""

APPROVED_BY = ""
"""Who approved these words, and when: the deployer's data-protection officer. Empty: nobody yet."""

LEGAL_BASIS = (
    "UK GDPR Articles 6(1)(e) and 9(2)(g); Data Protection Act 2018, Schedule 1, paragraph 18"
    " (safeguarding of children and of individuals at risk)."
)

WHY_SHARE = (
    "You do not need consent to send this report. The law allows you to share what is relevant and"
    " proportionate to protect a child, including about adults.",
    "Tell the family what you are sharing, unless that could put someone at risk or would delay this report.",
)


def declaration(drafters: tuple[str, ...]) -> str:
    """What the clinician who signs declares; `drafters` are the others who wrote parts of it."""
    others = f", including what {_listed(drafters)} drafted" if drafters else ""
    return (
        f"I have read this report{others}. It is accurate as far as I know from the records under"
        " “Record seen”. Facts, what we were told, and my opinion are marked as such. I have checked what"
        " each person will see."
    )


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
