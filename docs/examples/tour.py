"""A tour of Kutip as a library, cell by cell: ``python docs/examples/tour.py``.

Editors that know ``# %%`` cells run it like a notebook. It needs nothing beyond Kutip itself, and
writes to a temporary folder only.
"""

# %% A library is a folder on disk, made of files and folders of articles.
import tempfile
from pathlib import Path

from index import Filters, Library, Retriever
from qa import Assistant, Turn
from qa.samples import sample_articles
from qa.verify import verify

folder = tempfile.TemporaryDirectory(prefix="kutip-tour-")
path = Path(folder.name, "library")
changes = Library.create(path).add([sample_articles()])
print(f"{len(changes.added)} articles added, {len(changes.skipped)} skipped")

# %% A retriever is one snapshot of it. Later writes do not change it, and threads may share it.
retriever = Retriever.open(path)
print(f"{retriever.info.passages} passages, {retriever.mode} search")

# %% A hit is a passage with its rank, and says which arm found it.
for hit in retriever.search("who mediated the ceasefire?", k=3):
    print(hit.rank, f"{hit.score:.2f}", f"words no. {hit.lexical_rank}", hit.passage.article.id)
    print("  ", hit.passage.text[:80])

# %% Why? The words that a question is searched by, in the language of the articles.
print(retriever.query("who mediated the ceasefire?").terms["id"])

# %% Many questions at once, and only some of the articles.
first = retriever.articles[0]
only = Filters(articles=frozenset({first.id}))
for hits in retriever.search_many(["berapa tentara tewas?", "kapan?"], k=1, filters=only):
    print([hit.passage.article.id == first.id for hit in hits])

# %% An assistant answers with sentences that stand in the articles word for word.
assistant = Assistant(retriever)
answer = assistant.ask("who mediated the ceasefire?")
print(answer.verdict, f"{answer.confidence:.2f}")
for quote in answer.quotes:
    assert quote.text == quote.article.text[quote.span.start : quote.span.end]
    print("  ", quote.text, "|", quote.article.label)

# %% A follow-up is asked with the conversation before it.
later = assistant.ask("and when?", [Turn(answer.question, answer)])
print("taken as:", later.asked_as)

# %% "No answer" is a value too, never an exception.
print(assistant.ask("how many planets does the Andromeda galaxy have?").verdict)

# %% An answer is plain data, and anybody can check it against the articles.
saved = answer.to_dict()
print("genuine:", verify(saved, retriever) == [])
saved["quotes"][0]["text"] = saved["quotes"][0]["text"].replace(" ", " tidak ", 1)  # a "not"
print("forged:", verify(saved, retriever)[0].what)

# %% Files change; ``sync`` follows, and ``check`` reads every byte.
library = Library.open(path)
print(len(library.sync().unchanged), "unchanged,", library.check() or "all is well")
folder.cleanup()
