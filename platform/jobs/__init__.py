"""What is done later: the task queue, periodic jobs, mail."""
