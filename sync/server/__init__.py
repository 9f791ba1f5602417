"""The server's half of the protocol: pure rules and ports. No SQL, no HTTP, no clock."""
