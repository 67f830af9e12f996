"""Reads of prices: which tables and standards hold at a moment."""
