"""Load a range of days again, chunk by chunk, in a way that can be interrupted and taken up again."""
