"""Tokompiler, made reversible: program text to symbols and back."""
