"""Writing attendance: visits, reports, decisions about their rows, time present, closing."""
