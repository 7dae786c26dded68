"""Mails that seats bring about: answers to facts, and the letters written when they are due."""
