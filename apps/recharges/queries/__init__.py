"""Reads of money: what came in, what waits, what may be matched with what, and by when."""
