"""A mail server on loopback that keeps what it is given, and pages to read it."""
