-- From where accounts were reached, so that they go before strangers there.

CREATE TABLE trusted (
    user_id BIGINT NOT NULL,
    origin BLOB NOT NULL,           -- of account and address, a digest by store.digest_key
    used BIGINT NOT NULL,           -- the last time
    PRIMARY KEY (user_id, origin)
) WITHOUT ROWID;
