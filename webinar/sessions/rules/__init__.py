"""What a session is allowed to be, pure: starts, rhythms, slots, slugs, readiness and stage."""
