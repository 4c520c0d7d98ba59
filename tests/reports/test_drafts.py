import pytest

from portal.database import acting_as, commit, new_id
from portal.errors import NotFound
from portal.reports import actions, drafts
from tests.reports.changes import say_not_here
from tests.reports.families import make_family, send_report, write_report


@pytest.fixture
def family(db):
    return make_family()


def draft_now(family):
    with acting_as(family.clinician.scope):
        return drafts.draft_of(drafts.get_report(family.clinician, family.request.id))


def about_mother(family, draft):
    return next(part for part in draft.parts if part.person and part.person.id == str(family.mother.id))


def set_aside_about_mother(family):
    draft = write_report(family, family.clinician)
    with acting_as(family.clinician.scope):
        typed = actions.Typed({"missed-instead": "none_recorded"}, 0, new_id())
        actions.set_aside(family.administrator, draft.report, about_mother(family, draft), typed)
    commit()


def test_two_texts_about_somebody_not_registered_keep_no_report_back(family):
    set_aside_about_mother(family)
    assert len(draft_now(family).aside) == 1
    say_not_here(family, family.clinician, family.mother)
    draft = draft_now(family)
    assert draft.aside == ()
    assert send_report(family, draft).state == "received"


def test_edition_changes_with_every_save_and_with_what_is_asked(family):
    draft = write_report(family, family.clinician)
    written = draft.edition
    assert draft_now(family).edition == written
    with acting_as(family.administrator.scope):
        typed = actions.Typed({"involvement": "x"}, 1, new_id())
        actions.save_section(family.administrator, draft.report, draft.parts[0], typed)
    commit()
    saved = draft_now(family).edition
    assert saved != written
    say_not_here(family, family.clinician, family.mother)
    assert draft_now(family).edition != saved


def test_a_part_once_asked_is_of_somebody_who_was_shown(family):
    draft = write_report(family, family.clinician)
    gone = about_mother(family, draft).section.key
    assert draft.part_once_asked(gone, family.father.id).questions == ()
    for key, person_id in ((gone, new_id()), ("nonsense", None), (gone, None)):
        with pytest.raises(NotFound):
            draft.part_once_asked(key, person_id)
