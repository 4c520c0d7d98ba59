"""What a report asks, declared once, and the one way its answers are read."""
