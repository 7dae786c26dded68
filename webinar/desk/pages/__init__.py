"""What the desk's pages show: values ready to be printed."""
