"""Video rooms: where the join link leads today."""
