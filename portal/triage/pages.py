"""Every page of the contact team on one blueprint: importing the modules hangs their routes on it."""

from portal.triage import decision_views, request_views
from portal.triage.views import blueprint

__all__ = ["blueprint", "decision_views", "request_views"]
