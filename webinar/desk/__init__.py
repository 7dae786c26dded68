"""The organisers' front door: composed pages of organiser, society and operator."""
