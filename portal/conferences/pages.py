"""The blueprint of conferences with all of its views on it."""

from portal.conferences import list_views, views

blueprint = views.blueprint

__all__ = ["blueprint", "list_views"]
