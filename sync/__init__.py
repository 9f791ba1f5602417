"""The sync protocol: SPEC.md holds its rules, `server` and `client` implement them."""
