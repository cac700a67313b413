"""How well pages that readers must guess at are read: scripts that make pages from known texts and compare. Not run by the tests."""
