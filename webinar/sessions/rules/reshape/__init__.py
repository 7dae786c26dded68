"""Reshaping a series: another time, zone, length or rhythm for one session, some, or all."""
