"""What the public pages show and take."""
