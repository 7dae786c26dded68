"""Reading attendance: reports and their rows, evidence for matching, who was present."""
