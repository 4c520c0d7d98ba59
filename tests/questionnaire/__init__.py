"""Tests of what a report asks."""
