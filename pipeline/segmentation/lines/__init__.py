"""Lines of a canonical text: what each prints, the printed forms that it may have, page furniture, clause markers."""
