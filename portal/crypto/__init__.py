"""What is sealed: keys, encrypted columns, and blind indexes to look sealed values up by."""
