"""What programs learn of each address, and the page where people connect them."""
