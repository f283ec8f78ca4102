"""Wiring: settings, addresses, the ASGI application and the server that runs it."""
