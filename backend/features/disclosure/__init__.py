"""Disclosure: the enterprise's page of a visit, verification, feedback, evaluation, complaints."""
