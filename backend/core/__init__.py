"""What every feature stands on: database, problems, sessions, clock, ids, blobs, signing, dossiers."""
