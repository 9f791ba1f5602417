"""Who works where, with which certificate, on which phone, and what each may do."""
