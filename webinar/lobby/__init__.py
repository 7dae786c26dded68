"""The public front door: programme, session page, my sessions; read-only."""
