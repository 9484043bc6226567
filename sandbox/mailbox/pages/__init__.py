"""The mailbox as a person reads it."""
