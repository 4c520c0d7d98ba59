"""Every model, imported once, so that the metadata is whole."""

import portal.accounts.models
import portal.audit.models
import portal.authorisation.models
import portal.conferences.list_models
import portal.conferences.models
import portal.contacts.models
import portal.documents.models
import portal.jobs.models
import portal.notifications.models
import portal.packs.models
import portal.partnership.models
import portal.reports.models
import portal.submissions.models  # noqa: F401 (importing is the point)
