"""The floor: SQLite's FTS5 alone, every write on disk."""

import sqlite3
import threading

from corpus import terms


class System:
    name = "FTS5 alone"
    version = sqlite3.sqlite_version
    asks = ["words", "filtered"]

    def __init__(self, folder, _):
        self.path = f"{folder}/notes.db"
        self.lock = threading.Lock()
        self.database = sqlite3.connect(self.path, check_same_thread=False)
        self.database.executescript(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "CREATE TABLE IF NOT EXISTS notes (id INTEGER PRIMARY KEY, tag TEXT, text TEXT);"
            "CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (text, content = 'notes', content_rowid = 'id',"
            " tokenize = 'porter unicode61');"
        )

    def store(self, place, text, tag):
        with self.lock:
            self.put([(place, text, tag)])

    def fill(self, notes):
        for start in range(0, len(notes), 1000):
            self.put(notes[start : start + 1000])

    def put(self, notes):
        self.database.executemany("INSERT INTO notes VALUES (?, ?, ?)", [(p, tag, text) for p, text, tag in notes])
        self.database.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", [(p, text) for p, text, _ in notes])
        self.database.commit()

    def words(self, question):
        return self.found("", [terms(question)])

    def filtered(self, question, tag):
        return self.found("AND tag = ?", [terms(question), tag])

    def found(self, condition, arguments):
        if not arguments[0]:
            return []
        rows = self.database.execute(
            "SELECT notes.id FROM words JOIN notes ON notes.id = words.rowid"
            f" WHERE words MATCH ? {condition} ORDER BY rank LIMIT 10",
            arguments,
        )
        return [row[0] for row in rows]

    def close(self):
        self.database.close()
