"""The log: dossiers, devices, grants, changesets, quarantine; the store behind sync.server."""
