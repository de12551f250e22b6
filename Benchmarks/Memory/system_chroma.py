"""Chroma in the process that asks, on disk, with the vectors of Hive's table handed to it. It has no search by words."""

import chromadb

from table import Table


class System:
    name = "Chroma"
    version = chromadb.__version__
    asks = ["meaning", "filtered"]

    def __init__(self, folder, _):
        self.table = Table()
        settings = chromadb.Settings(anonymized_telemetry=False)
        self.client = chromadb.PersistentClient(path=f"{folder}/chroma", settings=settings)
        self.notes = self.client.get_or_create_collection("notes", metadata={"hnsw:space": "cosine"})

    def store(self, place, text, tag):
        self.put([(place, text, tag)])

    def fill(self, notes):
        for start in range(0, len(notes), 1000):
            self.put(notes[start : start + 1000])

    def put(self, notes):
        self.notes.add(
            ids=[str(place) for place, _, _ in notes],
            documents=[text for _, text, _ in notes],
            metadatas=[{"tag": tag} for _, _, tag in notes],
            embeddings=self.table.vectors([text for _, text, _ in notes]),
        )

    def meaning(self, question):
        return self.found(question)

    def filtered(self, question, tag):
        return self.found(question, where={"tag": tag})

    def found(self, question, **options):
        answer = self.notes.query(query_embeddings=self.table.vectors([question]), n_results=10, **options)
        return [int(number) for number in answer["ids"][0]]

    def close(self):
        pass
