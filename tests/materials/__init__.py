"""Tests of slides, and of the presenter's one page."""
