"""Jurisdictions as data: one folder a bureau over `national`, read by `backend.core.packs`."""
