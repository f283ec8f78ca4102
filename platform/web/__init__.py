"""HTTP and HTML that every page shares: middleware, template tags, static files, health."""
