"""Django's SQLite backend, in which the threads of one process write in turn."""
