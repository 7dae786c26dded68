"""Schemes and requirements read from data: typed and frozen, or refused with a sentence."""
