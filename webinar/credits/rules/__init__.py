"""The credit engine: exact fractions in, a result with its steps out; knows no framework."""
