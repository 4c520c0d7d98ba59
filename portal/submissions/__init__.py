"""What was handed in: fixed content, its state, its history."""
