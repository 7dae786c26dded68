"""Speed of the served application, each figure beside its floor in the same run: `python -m bench`."""
