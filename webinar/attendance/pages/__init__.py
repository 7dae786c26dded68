"""What the pages of attendance show: the desk, one person's minutes, the join link."""
