"""The world outside: a mailbox, and the records that domains publish."""
