"""Tables: rows as printed, columns, headers, repairs of rows that recognition broke, checks of sums."""
