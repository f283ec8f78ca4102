"""Pure rules of missions, courses, sessions, teams and registration, one file per noun."""
