"""What notebooks call: loading, promises by date and owner, conflicts, the panel, DuckDB, exports."""
