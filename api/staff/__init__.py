"""For our own people: sales that need a person, jobs that failed, and everything about one order."""
