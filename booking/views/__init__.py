"""The pages of a request: each fetches, decides and answers."""
