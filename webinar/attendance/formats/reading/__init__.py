"""What all layouts share: bytes to text, text to rows, times, identities."""
