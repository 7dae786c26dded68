"""Tests of CalDAV."""
