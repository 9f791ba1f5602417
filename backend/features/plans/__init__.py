"""Item lists, site inspection plans, approvals, frequency caps."""
