"""Plans: counted, drafted, answered, printed; lists and special checks; what phones carry."""
