"""What every structured format puts its content down with: the canonical text, grids, list numbers, symbols."""
