"""The practice's journey: its requests, the report it drafts and signs, its short answers."""
