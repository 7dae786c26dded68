"""The forms a certificate is handed out in."""
