"""The order of the GP report, version 1. Sections for people run person by person."""

from portal.questionnaire.gp_report_v1.about import RECORD, SIBLING, UNBORN, WRITER
from portal.questionnaire.gp_report_v1.adult import ADULT_HEALTH
from portal.questionnaire.gp_report_v1.child import CONTACT, HEALTH, VOICE
from portal.questionnaire.gp_report_v1.events import EVENTS
from portal.questionnaire.gp_report_v1.judgement import OPINION, SAFETY, WORRIES
from portal.questionnaire.gp_report_v1.sharing import ATTENDANCE, RESTRICTED, TOLD, TOLD_CHILD
from portal.questionnaire.situation import Questionnaire

GP_REPORT_V1 = Questionnaire(
    version="gp_report_v1",
    sections=(
        WRITER,
        RECORD,
        UNBORN,
        CONTACT,
        HEALTH,
        VOICE,
        SIBLING,
        ADULT_HEALTH,
        EVENTS,
        WORRIES,
        SAFETY,
        OPINION,
        RESTRICTED,
        TOLD_CHILD,
        TOLD,
        ATTENDANCE,
    ),
)
