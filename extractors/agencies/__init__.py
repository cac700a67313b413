"""Names of agencies and the keys that join their wordings."""
