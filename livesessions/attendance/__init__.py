"""Who was there and for how long: spans, door codes, roll call, sheets, adjustments, exports."""
