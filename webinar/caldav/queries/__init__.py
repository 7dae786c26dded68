"""Reads of app passwords and of the sessions that a collection holds."""
