"""The texts and questions that every system gets: sentences of the documentation below /usr/share, and labelled notes."""

import gzip
import json
import random
import re
from pathlib import Path

ROOTS = ["/usr/share/man", "/usr/share/doc", "/usr/lib/python3", "/usr/share/perl"]
READABLE = re.compile(r"\.(txt|md|rst|html|[1-8]|pod)$|README|NEWS|changelog")
TRANSLATED = re.compile(r"/man/[a-z]{2}([_.]|/|$)")
STOP_WORDS = set(
    "a an and are as at be but by for from has have i if in into is it its not of on or our so than that the their them "
    "then there these they this to was we were what when where which who why will with you your how do does can".split()
)


def sentences(count):
    """The first `count` distinct sentences in a shuffled order that is the same in every run on a machine."""
    found = {}
    for path in sorted(path for root in ROOTS for path in Path(root).rglob("*")):
        if TRANSLATED.search(str(path)) or path.is_symlink() or not path.is_file() or "copyright" in path.name:
            continue
        for sentence in sentences_of(path):
            found.setdefault(sentence)
    ordered = list(found)
    random.Random(7).shuffle(ordered)
    if len(ordered) < count:
        raise SystemExit(f"{len(ordered)} sentences are below {', '.join(ROOTS)}, {count} are needed: install man pages")
    return ordered[:count]


def sentences_of(path):
    name = path.name.removesuffix(".gz")
    if not READABLE.search(name):
        return
    try:
        data = gzip.open(path).read() if path.suffix == ".gz" else path.read_bytes()
    except (OSError, EOFError):
        return
    text = data.decode("utf-8", "ignore")
    if name.endswith(".html"):
        text = re.sub(r"<[^>]+>", " ", text)
    text = re.sub(r"^[.'].*$", "\n", text, flags=re.M)
    text = re.sub(r"\\f[A-Z]|\\\(..|\\[-&|/,]", "", text)
    for paragraph in re.split(r"\n\s*\n", text):
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(paragraph.split())):
            letters = sum(character.isalpha() or character == " " for character in sentence)
            if 40 <= len(sentence) <= 400 and letters > 0.8 * len(sentence):
                yield sentence


def questions(texts, count):
    """Every third word of some texts, at most five."""
    step = max(1, len(texts) // count)
    return [" ".join(texts[place].split()[1::3][:5]) for place in range(0, step * count, step)]


def labelled():
    """Notes, and for each kind of question the pairs of question and place of the note that answers it."""
    entries = json.loads((Path(__file__).parent / "labelled.json").read_text(encoding="utf-8"))
    kinds = ["words", "detail", "paraphrase"]
    return [entry["note"] for entry in entries], {
        kind: [(entry[kind], place) for place, entry in enumerate(entries)] for kind in kinds
    }


def terms(question):
    """The words of a question as FTS5 takes them: each quoted, any of them, without stop words."""
    words = [word for word in re.findall(r"[^\s\"]+", question) if re.search(r"\w", word)]
    kept = [word for word in words if word.lower() not in STOP_WORDS] or words
    return " OR ".join(f'"{word}"' for word in kept)
