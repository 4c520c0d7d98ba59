"""A published version never changes.

A failure here means that words or rules of a published version changed. After the first tagged release, undo
the change and publish a new version (see portal/questionnaire/registry.py). Before it, pin the new digest.
"""

from dataclasses import replace

from portal.questionnaire.gp_report_v1.report import GP_REPORT_V1
from portal.questionnaire.registry import CURRENT, PUBLISHED, digest, get

DIGESTS = {
    "gp_report_v1": "94ea0d0acdb2f2720b1d31ddf8bb8500adad0a35e338581362309e887a6ca3fb",
}


def test_published_versions_never_change():
    assert {version: digest(questionnaire) for version, questionnaire in PUBLISHED.items()} == DIGESTS


def test_digest_sees_a_change_of_one_word():
    first, *others = GP_REPORT_V1.sections
    changed = replace(GP_REPORT_V1, sections=(replace(first, title="Other"), *others))

    assert digest(changed) != digest(GP_REPORT_V1)


def test_every_current_questionnaire_is_published_under_its_own_version():
    assert all(get(questionnaire.version) is questionnaire for questionnaire in CURRENT.values())
