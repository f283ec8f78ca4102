"""A trainee's record as files: a table, a paper, and everything to take along."""
