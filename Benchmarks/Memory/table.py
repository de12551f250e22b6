"""The embedding table that comes with Hive, evaluated with numpy, so that peers search the same vectors."""

from pathlib import Path

import numpy
from tokenizers import BertWordPieceTokenizer

FOLDER = Path(__file__).resolve().parents[2] / "Sources" / "CHiveTable"
DIMENSIONS = 256


class Table:
    def __init__(self):
        self.tokenizer = BertWordPieceTokenizer(str(FOLDER / "vocab.txt"), lowercase=True)
        packed = numpy.fromfile(FOLDER / "static256.i4", dtype=numpy.uint8).reshape(-1, DIMENSIONS // 2)
        rows = numpy.empty((len(packed), DIMENSIONS), dtype=numpy.float32)
        rows[:, 0::2] = (packed & 15).astype(numpy.float32) - 8
        rows[:, 1::2] = (packed >> 4).astype(numpy.float32) - 8
        self.rows = rows * numpy.fromfile(FOLDER / "static256.i4.scales.f32", dtype=numpy.float32)[:, None]

    def vectors(self, texts):
        """One unit vector for each text; zeros, but for the first component, where a text has none."""
        found = numpy.zeros((len(texts), DIMENSIONS), dtype=numpy.float32)
        for place, encoding in enumerate(self.tokenizer.encode_batch(list(texts), add_special_tokens=False)):
            ids = [number for number in encoding.ids if number != 100]
            if ids:
                found[place] = self.rows[ids].sum(axis=0)
            length = numpy.linalg.norm(found[place])
            if length > 0:
                found[place] /= length
            else:
                found[place][0] = 1
        return found

    # The interface of a SentenceTransformer, for libraries that take one.
    embedding_dimension = DIMENSIONS

    def encode(self, texts, **options):
        single = isinstance(texts, str)
        vectors = self.vectors([texts] if single else texts)
        return vectors[0] if single else vectors

    def get_sentence_embedding_dimension(self):
        return DIMENSIONS
