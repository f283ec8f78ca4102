"""The trauma registry: records without identity, scores, counts."""
