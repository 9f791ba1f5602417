"""Running, reminding and pushing: each in its own file; `public.py` says what others may call."""
