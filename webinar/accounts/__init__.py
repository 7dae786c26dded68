"""People, sign-in, tokens, chosen zone."""
