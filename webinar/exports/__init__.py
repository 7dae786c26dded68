"""Attendance rows, once, in the formats that societies ask for."""
