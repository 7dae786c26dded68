"""The only way out over HTTP: address guard and time-outs."""
