"""One form a page: the form owns the words and the cleaning."""
