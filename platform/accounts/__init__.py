"""People: who they are, how they sign in, which licences they hold."""
