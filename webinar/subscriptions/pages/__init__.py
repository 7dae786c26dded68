"""The bytes of feeds, composed of rows."""
