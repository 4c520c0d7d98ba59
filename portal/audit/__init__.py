"""What happened: events that are only ever appended, each chained to the one before it by its hash."""
