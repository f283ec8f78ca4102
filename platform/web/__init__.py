"""What every page shares: template tags, middleware, static files, health, mail."""
