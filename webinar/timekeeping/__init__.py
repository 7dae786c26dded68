"""Clock, zones, intervals, recurrence and wording of time: pure, knows no framework."""
