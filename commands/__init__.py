"""What `./run` does, one file per concern; standard library only, as nothing is installed yet."""
