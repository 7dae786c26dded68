"""Microsoft Teams: attendance lists, sectioned reports, live events and Graph."""
