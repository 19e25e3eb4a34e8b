-- Version 2: the authority's key under pairs of people, early erasure, destruction.

-- The authority's key, sealed to `second` and the outcome again to `first`, so that neither opens it alone.
-- With 'recovery' in both places: sealed to the recovery key. `seq` is the last entry when it was sealed.
CREATE TABLE authority_share (
  first  TEXT NOT NULL,
  second TEXT NOT NULL,
  seq    INTEGER NOT NULL REFERENCES entry (seq),
  sealed BLOB NOT NULL,
  PRIMARY KEY (first, second)
) STRICT, WITHOUT ROWID;

-- A holder in case_access and own_case_key is a person, `recovery`, or PERSON#2 and on for keys that were renewed.

-- Which entry's body and files were erased early, and the entry (of kind `erased`) that says so.
CREATE TABLE erased (
  entry INTEGER PRIMARY KEY REFERENCES entry (seq),
  seq   INTEGER NOT NULL REFERENCES entry (seq)
) STRICT;

CREATE TRIGGER authority_share_new BEFORE INSERT ON authority_share
  WHEN EXISTS (SELECT 1 FROM authority_share WHERE first = NEW.first AND second = NEW.second)
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER authority_share_keeps BEFORE UPDATE ON authority_share
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
-- A share goes when somebody's keys are revoked.
CREATE TRIGGER authority_share_stays BEFORE DELETE ON authority_share
  WHEN NOT EXISTS (SELECT 1 FROM entry
    WHERE kind IN ('store/keys-renewed', 'store/keys-removed') AND seq > OLD.seq)
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;

CREATE TRIGGER erased_new BEFORE INSERT ON erased
  WHEN EXISTS (SELECT 1 FROM erased WHERE entry = NEW.entry)
    OR NOT EXISTS (SELECT 1 FROM entry AS target JOIN entry AS telling ON telling.case_id = target.case_id
      WHERE target.seq = NEW.entry AND telling.seq = NEW.seq AND telling.kind = 'erased')
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER erased_keeps BEFORE UPDATE ON erased BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER erased_stays BEFORE DELETE ON erased BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;

CREATE TRIGGER own_case_key_new BEFORE INSERT ON own_case_key
  WHEN EXISTS (SELECT 1 FROM own_case_key WHERE holder = NEW.holder AND case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER own_case_key_keeps BEFORE UPDATE ON own_case_key
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;

-- Nothing of a halted case is destroyed, and nothing follows destruction.
CREATE TRIGGER entry_halted_stays BEFORE INSERT ON entry
  WHEN NEW.kind IN ('store/disposed', 'erased') AND EXISTS (SELECT 1 FROM halted WHERE case_id = NEW.case_id)
  BEGIN SELECT RAISE(ABORT, 'trail: halted'); END;
CREATE TRIGGER entry_after_disposal BEFORE INSERT ON entry
  WHEN NEW.case_id IS NOT NULL
    AND EXISTS (SELECT 1 FROM entry WHERE case_id = NEW.case_id AND kind = 'store/disposed')
  BEGIN SELECT RAISE(ABORT, 'trail: disposed'); END;

-- What may go, and when: a body with its erasure, files with theirs or with what a restored store left out,
-- everything of a case with its destruction.
DROP TRIGGER body_stays;
CREATE TRIGGER body_stays BEFORE DELETE ON body
  WHEN NOT EXISTS (SELECT 1 FROM erased WHERE entry = OLD.seq)
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
DROP TRIGGER exhibit_file_stays;
CREATE TRIGGER exhibit_file_stays BEFORE DELETE ON exhibit_file
  WHEN NOT EXISTS (SELECT 1 FROM erased WHERE entry = OLD.seq)
    AND NOT EXISTS (SELECT 1 FROM entry
      WHERE case_id = OLD.case_id AND kind IN ('store/disposed', 'exhibits-left-out'))
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
DROP TRIGGER document_stays;
CREATE TRIGGER document_stays BEFORE DELETE ON document
  WHEN NOT EXISTS (SELECT 1 FROM entry
    WHERE case_id = OLD.case_id AND (kind = 'store/disposed' OR (kind = 'exhibits-left-out' AND OLD.holds_pictures)))
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
DROP TRIGGER case_access_stays;
CREATE TRIGGER case_access_stays BEFORE DELETE ON case_access
  WHEN NOT EXISTS (SELECT 1 FROM entry WHERE case_id = OLD.case_id AND kind = 'store/disposed')
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
CREATE TRIGGER own_case_key_stays BEFORE DELETE ON own_case_key
  WHEN NOT EXISTS (SELECT 1 FROM entry WHERE case_id = OLD.case_id AND kind = 'store/disposed')
  BEGIN SELECT RAISE(ABORT, 'trail: append only'); END;
