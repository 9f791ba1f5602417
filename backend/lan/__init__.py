"""`make run HOST=lan`: the server tried out on real phones, which demand https of every address
but their own. A certificate authority of this machine's own, trusted by hand on each phone; for a
bureau's real address a real certificate and a proxy take its place."""
