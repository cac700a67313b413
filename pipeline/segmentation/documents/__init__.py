"""Documents of an issue: masthead, contents, where each begins, its head and the columns that its text states."""
