"""What is still to do: one table, one worker, no broker."""
