"""BigBlueButton: the analytics callback."""
