"""People, organisations, memberships; signing in with two factors; sessions that can be ended."""
