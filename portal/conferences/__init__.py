"""What is asked, of whom, about whom: conferences, the people in them, and requests to practices."""
