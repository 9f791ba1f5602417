"""备份与恢复: a folder that holds the database, the keys and every blob, each with its SHA-256.

The same format comes from SQLite and from PostgreSQL and goes into either, at the schema it was
made under; `migrate` brings it to today's. Layout of the folder:

    anxun-backup.json            whose backup it is
    blobs/<2 hex>/<sha256>       evidence, copied once, shared by every state
    <instant>/manifest.json      written last: a state without it is not whole and does not count
    <instant>/<table>.jsonl.gz   the first line names the columns, each further line is a row
    <instant>/blobs.jsonl.gz     which blobs belong to this state
    <instant>/keys/*.pem         the server's keys
"""
