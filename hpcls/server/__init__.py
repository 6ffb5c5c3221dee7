"""The language server: LSP 3.18 over stdio or TCP.  Only this package imports pygls and lsprotocol."""
