"""Turns a file of unknown content into clean ones, in a child process with limits. Knows nothing of Django."""
