"""Sheets turned into what templates show: words for codes, clocks for instants, bars for presence."""
