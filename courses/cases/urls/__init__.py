"""Addresses of cases."""
