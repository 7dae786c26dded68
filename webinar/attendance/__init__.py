"""Join link, visits, provider reports, time present."""
