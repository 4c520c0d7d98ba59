"""Invented people and families to show the portal with; refused wherever real ones could be."""
