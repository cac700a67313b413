"""A run: the plan, the steps of an issue, outcomes, the report."""
