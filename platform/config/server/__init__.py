"""The server: `python -m config.server` runs the site under Daphne or uvicorn."""
