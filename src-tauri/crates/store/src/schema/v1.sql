-- Version 1. `trail:` in a message is what the code knows the refusal by.

CREATE TABLE store (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  id       TEXT NOT NULL,
  practice INTEGER NOT NULL CHECK (practice IN (0, 1))
) STRICT;

-- The ledger. `at` is microseconds since 1970 in UTC; `key` is the Ed25519 public key that signed.
CREATE TABLE entry (
  seq       INTEGER PRIMARY KEY,
  case_id   TEXT,
  at        INTEGER NOT NULL,
  kind      TEXT NOT NULL,
  body_hash BLOB NOT NULL CHECK (length(body_hash) = 32),
  prev      BLOB NOT NULL CHECK (length(prev) = 32),
  hash      BLOB NOT NULL CHECK (length(hash) = 32),
  session   TEXT,
  key       BLOB NOT NULL CHECK (length(key) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
CREATE INDEX entry_of_case ON entry (case_id, seq);
CREATE INDEX entry_of_kind ON entry (kind, seq);

-- Bodies stand apart, each sealed under its case's key (or the store's own), so that destroying a key leaves the chain.
CREATE TABLE body (
  seq    INTEGER PRIMARY KEY REFERENCES entry (seq),
  sealed BLOB NOT NULL
) STRICT;

-- A case key sealed to somebody admitted; `seq` is the entry that admits them.
CREATE TABLE case_access (
  case_id TEXT NOT NULL,
  holder  TEXT NOT NULL,
  seq     INTEGER NOT NULL REFERENCES entry (seq),
  sealed  BLOB NOT NULL,
  PRIMARY KEY (case_id, holder)
) STRICT, WITHOUT ROWID;

-- The same key again under the holder's own key: quick to open at sign-in.
CREATE TABLE own_case_key (
  holder  TEXT NOT NULL,
  case_id TEXT NOT NULL,
  sealed  BLOB NOT NULL,
  PRIMARY KEY (holder, case_id)
) STRICT, WITHOUT ROWID;

-- `name` is HMAC-SHA256 of the file's hash under the case key: the hash of a picture is not in clear here.
CREATE TABLE exhibit_file (
  id      INTEGER PRIMARY KEY,
  case_id TEXT NOT NULL,
  name    BLOB NOT NULL,
  seq     INTEGER NOT NULL REFERENCES entry (seq),
  sealed  BLOB NOT NULL,
  UNIQUE (case_id, name, seq)
) STRICT;

CREATE TABLE document (
  id             INTEGER PRIMARY KEY,
  case_id        TEXT NOT NULL,
  name           BLOB NOT NULL,
  seq            INTEGER NOT NULL REFERENCES entry (seq),
  holds_pictures INTEGER NOT NULL CHECK (holds_pictures IN (0, 1)),
  sealed         BLOB NOT NULL,
  UNIQUE (case_id, name, seq)
) STRICT;

CREATE TABLE halted (
  case_id TEXT NOT NULL PRIMARY KEY,
  seq     INTEGER NOT NULL REFERENCES entry (seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE held_key (
  name   TEXT NOT NULL PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Words not yet recorded, under the drafter's own key. The only table whose rows change.
CREATE TABLE draft (
  holder TEXT NOT NULL,
  name   BLOB NOT NULL,
  sealed BLOB NOT NULL,
  PRIMARY KEY (holder, name)
) STRICT, WITHOUT ROWID;

-- Nothing is replaced: a row is new, or it is refused. An entry follows the last one.
CREATE TRIGGER entry_follows BEFORE INSERT ON entry
  WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM entry)
  BEGIN SELECT RAISE(ABORT, 'trail: an entry follows the last one'); END;
CREATE TRIGGER body_new BEFORE INSERT ON body
  WHEN EXISTS (SELECT 1 FROM body WHERE seq = NEW.seq)
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER case_access_new BEFORE INSERT ON case_access
  WHEN EXISTS (SELECT 1 FROM case_access WHERE case_id = NEW.case_id AND holder = NEW.holder)
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER exhibit_file_new BEFORE INSERT ON exhibit_file
  WHEN EXISTS (SELECT 1 FROM exhibit_file
    WHERE id = NEW.id OR (case_id = NEW.case_id AND name = NEW.name AND seq = NEW.seq))
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER document_new BEFORE INSERT ON document
  WHEN EXISTS (SELECT 1 FROM document
    WHERE id = NEW.id OR (case_id = NEW.case_id AND name = NEW.name AND seq = NEW.seq))
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER halted_new BEFORE INSERT ON halted
  WHEN EXISTS (SELECT 1 FROM halted WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER store_new BEFORE INSERT ON store
  WHEN EXISTS (SELECT 1 FROM store)
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;

CREATE TRIGGER entry_keeps BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER entry_stays BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER body_keeps BEFORE UPDATE ON body BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER body_stays BEFORE DELETE ON body BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER case_access_keeps BEFORE UPDATE ON case_access BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER case_access_stays BEFORE DELETE ON case_access BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER exhibit_file_keeps BEFORE UPDATE ON exhibit_file BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER exhibit_file_stays BEFORE DELETE ON exhibit_file BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER document_keeps BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER document_stays BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER halted_keeps BEFORE UPDATE ON halted BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER halted_stays BEFORE DELETE ON halted BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER store_keeps BEFORE UPDATE ON store BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER store_stays BEFORE DELETE ON store BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;

-- HALT. The table of halts fills itself with the entry, in the same statement.
CREATE TRIGGER entry_halts AFTER INSERT ON entry
  WHEN NEW.kind = 'halted' AND NEW.case_id IS NOT NULL
  BEGIN
    INSERT INTO halted (case_id, seq)
      SELECT NEW.case_id, NEW.seq WHERE NOT EXISTS (SELECT 1 FROM halted WHERE case_id = NEW.case_id);
  END;
CREATE TRIGGER exhibit_file_halted BEFORE INSERT ON exhibit_file
  WHEN EXISTS (SELECT 1 FROM halted WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'trail: halted'); END;
CREATE TRIGGER document_halted BEFORE INSERT ON document
  WHEN NEW.holds_pictures AND EXISTS (SELECT 1 FROM halted WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'trail: halted'); END;
