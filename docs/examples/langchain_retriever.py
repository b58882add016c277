"""Kutip as a LangChain retriever: ``KutipRetriever(retriever=Retriever.open("my-library"))``."""

from __future__ import annotations

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from index import Retriever


class KutipRetriever(BaseRetriever):
    """Passages of a library, best first; ``metadata`` says where each one stands."""

    retriever: Retriever
    k: int = 5

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [
            Document(
                page_content=hit.passage.text,
                metadata={
                    "article": hit.passage.article.id,
                    "title": hit.passage.article.title,
                    "published": hit.passage.article.published,
                    "span": list(hit.passage.span),
                    "score": hit.score,
                },
            )
            for hit in self.retriever.search(query, self.k)
        ]
