"""The blueprints of every package, in the order of the layers."""

from portal.accounts.views import blueprint as accounts
from portal.conferences.pages import blueprint as conferences
from portal.packs.views import blueprint as packs
from portal.reports.views import blueprint as reports
from portal.triage.pages import blueprint as triage
from portal.web.health import blueprint as health
from portal.web.information import blueprint as information

BLUEPRINTS = (health, information, accounts, conferences, reports, packs, triage)
