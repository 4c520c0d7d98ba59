"""Numbered, reversible changes to the schema; they never import the portal."""
