import GRDB
import HiveCore

/// The tables, by version. Migrations touch projections and bookkeeping; they never emit operations.
enum Schema {
    static func migrate(_ writer: some DatabaseWriter) throws {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1: logs, documents, index, local") { database in
            try database.execute(sql: logs)
            try database.execute(sql: documents)
            try database.execute(sql: local)
        }
        migrator.registerMigration("2: commits") { try $0.execute(sql: commits) }
        // What it made, the fourth makes again.
        migrator.registerMigration("3: vocabulary") { _ in }
        migrator.registerMigration("4: facets") { database in
            try database.execute(sql: dropIndex)
            try database.execute(sql: index)
            try database.execute(sql: vocabulary)
        }
        migrator.registerMigration("sealing") { try $0.execute(sql: sealing) }
        let isNewer = try writer.read { try migrator.hasBeenSuperseded($0) }
        guard !isNewer else {
            throw StoreError(
                .failed, "the database was written by a newer version of Hive", hint: "upgrade this node first")
        }
        try migrator.migrate(writer)
    }

    private static let logs = """
        CREATE TABLE logs (
            key INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, scope BLOB NOT NULL, descriptor BLOB NOT NULL,
            size INTEGER NOT NULL, peaks BLOB NOT NULL, names BLOB NOT NULL, last_stamp INTEGER NOT NULL,
            checkpoint BLOB, kept_size INTEGER NOT NULL, frozen_at INTEGER) STRICT;
        CREATE INDEX logs_by_scope ON logs (scope);
        CREATE TABLE operations (
            log INTEGER NOT NULL, number INTEGER NOT NULL, document BLOB NOT NULL, header BLOB NOT NULL,
            salt BLOB, body BLOB, PRIMARY KEY (log, number)) STRICT, WITHOUT ROWID;
        CREATE INDEX operations_by_document ON operations (document);
        CREATE TABLE checkpoints (
            log INTEGER NOT NULL, size INTEGER NOT NULL, checkpoint BLOB NOT NULL,
            PRIMARY KEY (log, size)) STRICT, WITHOUT ROWID;
        """

    private static let documents = """
        CREATE TABLE documents (
            scope BLOB NOT NULL, document BLOB NOT NULL, kind INTEGER NOT NULL, contested INTEGER NOT NULL,
            erasure_due INTEGER, state BLOB NOT NULL, PRIMARY KEY (scope, document)) STRICT, WITHOUT ROWID;
        CREATE INDEX documents_by_kind ON documents (kind, scope);
        CREATE INDEX documents_by_identity ON documents (document);
        CREATE INDEX documents_contested ON documents (scope, document) WHERE contested = 1;
        CREATE INDEX documents_erased ON documents (erasure_due) WHERE erasure_due IS NOT NULL;
        CREATE TABLE waiting (
            log BLOB NOT NULL, number INTEGER NOT NULL, awaited_log BLOB NOT NULL, awaited_number INTEGER NOT NULL,
            PRIMARY KEY (log, number)) STRICT, WITHOUT ROWID;
        CREATE INDEX waiting_by_awaited ON waiting (awaited_log, awaited_number);
        """

    /// Entries are narrow, so that a search that holds many of them against its filters reads few pages; their texts,
    /// and the facets that a removal must know, lie beside them. No number is given twice: lengths are remembered by it.
    private static let index = """
        CREATE TABLE entries (
            key INTEGER PRIMARY KEY AUTOINCREMENT, scope BLOB NOT NULL, document BLOB NOT NULL, kind INTEGER NOT NULL,
            category TEXT, agent TEXT, created INTEGER NOT NULL, updated INTEGER NOT NULL, expires INTEGER,
            confidence REAL, UNIQUE (scope, document)) STRICT;
        CREATE INDEX entries_by_time ON entries (updated);
        CREATE TABLE texts (
            key INTEGER PRIMARY KEY, text TEXT NOT NULL, bigrams TEXT NOT NULL, facets BLOB NOT NULL) STRICT;
        CREATE TABLE facets (
            name TEXT NOT NULL, value TEXT NOT NULL, entry INTEGER NOT NULL,
            PRIMARY KEY (name, value, entry)) STRICT, WITHOUT ROWID;
        CREATE VIRTUAL TABLE words USING fts5 (
            text, bigrams, content = 'texts', content_rowid = 'key',
            tokenize = '\(tokenizer.joined(separator: " "))');
        """

    private static let dropIndex = """
        DROP TABLE IF EXISTS vocabulary;
        DROP TABLE IF EXISTS words;
        DROP TABLE IF EXISTS tags;
        DROP TABLE IF EXISTS entries;
        """

    /// How texts are cut into words, and words brought to their stems.
    static let tokenizer = ["porter", "unicode61", "remove_diacritics", "2"]

    /// How many entries each word is in; a view of the index that takes no room.
    private static let vocabulary = "CREATE VIRTUAL TABLE vocabulary USING fts5vocab (words, row);"

    private static let local = """
        CREATE TABLE local (
            namespace TEXT NOT NULL, key BLOB NOT NULL, value BLOB NOT NULL,
            PRIMARY KEY (namespace, key)) STRICT, WITHOUT ROWID;
        """

    /// Wrapped data keys: none in a plain database. `plain_left` says that plain bytes may lie in free pages.
    private static let sealing = """
        ALTER TABLE local ADD COLUMN name BLOB;
        CREATE TABLE data_keys (
            number INTEGER PRIMARY KEY, wrapping_key TEXT NOT NULL, wrapped BLOB NOT NULL, seals INTEGER NOT NULL,
            plain_left INTEGER NOT NULL) STRICT;
        """

    /// One row: which opening of the store it is, and how many commits it has made.
    private static let commits = """
        CREATE TABLE commits (epoch BLOB NOT NULL, count INTEGER NOT NULL) STRICT;
        """
}
