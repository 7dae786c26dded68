"""Writer of iCalendar bytes (RFC 5545, 7986, 6868): invitations, feeds, zones and add-to-calendar links."""
