"""Tests of the language server, as an editor sees it."""
