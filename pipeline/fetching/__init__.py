"""Fetching: where issues appear (``sources.toml``) → ``raw/<gazette>/<year>/…``, with a record of what came from where."""
