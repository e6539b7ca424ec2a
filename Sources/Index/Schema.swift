internal import Ownership

/// The tables, and what they are good for.
///
/// Every row names the entry it comes from, so that a reader who stands at some size passes over what was added since.
enum Schema {
  /// Raised with any change of the tables or of what is put into them.
  static let version = 6

  /// What `PRAGMA user_version` holds.
  static var userVersion: Int { version * 1000 + FoldRules.version }

  static let tables = [
    "projection", "statement", "use", "item", "evidence", "evidence_group", "control", "replacement", "assessment",
    "measurement", "usage", "finding", "absent", "search",
  ]

  static let create = """
    -- One row: what is remembered, and of which tree.
    CREATE TABLE projection (
      id INTEGER PRIMARY KEY CHECK (id = 0),
      origin TEXT NOT NULL, lineage INTEGER NOT NULL, boot TEXT NOT NULL, rows INTEGER NOT NULL,
      size INTEGER NOT NULL, root BLOB NOT NULL, state BLOB NOT NULL);
    -- Every entry. id is null where it holds no statement, party where the statement does not count.
    CREATE TABLE statement (
      entry INTEGER PRIMARY KEY, id BLOB, type TEXT, member TEXT, party TEXT, keyid BLOB, time INTEGER,
      signed INTEGER, effective INTEGER NOT NULL, summary TEXT NOT NULL);
    CREATE INDEX statement_id ON statement (id);
    -- The objects that statements bring.
    CREATE TABLE use (
      digest BLOB NOT NULL, entry INTEGER NOT NULL, party TEXT NOT NULL, evidence INTEGER NOT NULL,
      media TEXT NOT NULL, size INTEGER NOT NULL, name TEXT NOT NULL);
    CREATE INDEX use_digest ON use (digest);
    CREATE INDEX use_entry ON use (entry);
    -- What manifests list.
    CREATE TABLE item (
      digest BLOB NOT NULL, entry INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (digest, entry, name)
    ) WITHOUT ROWID;
    CREATE TABLE evidence (
      entry INTEGER PRIMARY KEY, statement BLOB NOT NULL, party TEXT NOT NULL, member TEXT NOT NULL,
      keyid BLOB NOT NULL, recorded INTEGER NOT NULL, controls TEXT NOT NULL, description TEXT,
      first INTEGER, last INTEGER, collected INTEGER, source TEXT, query TEXT, count INTEGER, label TEXT, duty TEXT,
      retain INTEGER, replaces BLOB NOT NULL, run BLOB, artifacts BLOB NOT NULL, manifest BLOB,
      collection INTEGER NOT NULL, age INTEGER NOT NULL, shown INTEGER NOT NULL);
    CREATE INDEX evidence_newest ON evidence (collection, age, entry) WHERE shown = 1;
    CREATE INDEX evidence_duty ON evidence (duty, age, entry) WHERE duty IS NOT NULL;
    CREATE INDEX evidence_label ON evidence (label, entry) WHERE label IS NOT NULL;
    CREATE INDEX evidence_retain ON evidence (retain, entry) WHERE retain IS NOT NULL;
    -- Evidence of one party on the same controls: how much of it is not replaced, and the last day that any of it says
    -- something about for the first time.
    CREATE TABLE evidence_group (
      id INTEGER PRIMARY KEY, controls TEXT NOT NULL, party TEXT NOT NULL, shown INTEGER NOT NULL,
      latest INTEGER NOT NULL, UNIQUE (controls, party));
    -- Which controls and units evidence and assessments are about.
    CREATE TABLE control (
      control TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (control, entry)) WITHOUT ROWID;
    CREATE TABLE replacement (
      statement BLOB NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (statement, entry)) WITHOUT ROWID;
    CREATE TABLE assessment (
      entry INTEGER PRIMARY KEY, statement BLOB NOT NULL, party TEXT NOT NULL, member TEXT NOT NULL,
      recorded INTEGER NOT NULL, units TEXT NOT NULL, status TEXT NOT NULL, evidence BLOB, note TEXT,
      first INTEGER, last INTEGER);
    -- Values of service levels.
    CREATE TABLE measurement (
      entry INTEGER PRIMARY KEY, party TEXT NOT NULL, member TEXT NOT NULL, recorded INTEGER NOT NULL,
      engagement TEXT NOT NULL, level TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      value TEXT NOT NULL, count INTEGER);
    -- Hours that were worked.
    CREATE TABLE usage (
      entry INTEGER PRIMARY KEY, party TEXT NOT NULL, member TEXT NOT NULL, recorded INTEGER NOT NULL,
      engagement TEXT NOT NULL, block TEXT, domains TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
      hours TEXT NOT NULL, units TEXT NOT NULL, worker TEXT, note TEXT);
    CREATE TABLE finding (
      entry INTEGER NOT NULL, code TEXT NOT NULL, subject TEXT NOT NULL, expected TEXT, found TEXT,
      message TEXT NOT NULL);
    -- Objects that the fold would have read and could not: once they are there, it is made anew.
    CREATE TABLE absent (digest BLOB NOT NULL, entry INTEGER NOT NULL);
    -- rowid is the entry; the texts themselves are not kept a second time.
    CREATE VIRTUAL TABLE search USING fts5 (names, words, content = '', tokenize = 'unicode61');
    """

  /// Empties every table but `projection`.
  static var clear: String {
    tables.filter { $0 != "projection" && $0 != "search" }.map { "DELETE FROM \($0);" }.joined()
      + "INSERT INTO search (search) VALUES ('delete-all');"
  }

  /// How a connection is set up.
  ///
  /// Nothing is waited for on the disk: a crash may cost the index, which is folded again, and no more.
  static let configure = """
    PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -32768; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
    """
}
