"""What waits for the contact team: one row per thing, whatever its kind."""
