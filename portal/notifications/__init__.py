"""Telling people: a catalogue of messages without personal data, an outbox, and delivery by SMTP."""
