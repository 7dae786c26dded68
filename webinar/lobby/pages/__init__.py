"""What the public pages show: values ready to be printed."""
