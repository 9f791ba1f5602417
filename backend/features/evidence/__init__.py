"""What was seen and heard: custody runs, uploads, receipts."""
