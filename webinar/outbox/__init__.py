"""Letters: posted in your transaction, delivered when due."""
