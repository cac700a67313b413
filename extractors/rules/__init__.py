"""Rules as data (`*.toml`), and how they are loaded and tried."""
