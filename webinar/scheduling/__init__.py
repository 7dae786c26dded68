"""Time finder, polls, the fairness ledger, and warnings that matter."""
