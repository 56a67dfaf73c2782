"""The chapters of the day, in the order in which they are told. Later work adds its own."""
