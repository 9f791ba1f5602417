"""One module per legal form: facts in, blocks on a sheet out."""
