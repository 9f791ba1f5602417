"""Statutory documents: drafts, numbers, signatures, issue, service, verification, print ledger."""
