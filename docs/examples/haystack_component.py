"""Kutip as a Haystack component, for ``Pipeline.add_component("kutip", KutipRetriever(path))``."""

# no "from __future__ import annotations" here: Haystack reads the types of run() as they stand

from haystack import Document, component

from index import Retriever


@component
class KutipRetriever:
    """Passages of the library at a path, best first; ``meta`` says where each one stands."""

    def __init__(self, library: str, k: int = 5) -> None:
        self.library = library
        self.k = k
        self._retriever: Retriever | None = None

    def warm_up(self) -> None:
        """Open the library; Haystack calls this once before a pipeline runs."""
        self._retriever = self._retriever or Retriever.open(self.library)

    @component.output_types(documents=list[Document])
    def run(self, query: str) -> dict[str, list[Document]]:
        """The passages for a query."""
        self.warm_up()
        assert self._retriever is not None
        documents = [
            Document(
                content=hit.passage.text,
                score=hit.score,
                meta={
                    "article": hit.passage.article.id,
                    "title": hit.passage.article.title,
                    "published": hit.passage.article.published,
                    "span": list(hit.passage.span),
                },
            )
            for hit in self._retriever.search(query, self.k)
        ]
        return {"documents": documents}
