"""The text as extractors read it: folded, in passages, in words, in noun phrases."""
