"""What the server knows of files: uploads and blobs, the evidence they belong to, who looked."""
