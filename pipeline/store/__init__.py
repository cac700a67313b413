"""The processed folder: Parquet files issue by issue or packed, the ledger, reading what is committed."""
