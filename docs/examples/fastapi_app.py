"""Kutip behind an HTTP endpoint.

pip install 'kutip[examples]' uvicorn
KUTIP_LIBRARY=my-library uvicorn --factory docs.examples.fastapi_app:make_app
curl -G localhost:8000/ask --data-urlencode 'question=who mediated the ceasefire?'
"""

from __future__ import annotations

import os
from typing import Any

from fastapi import FastAPI, HTTPException

from index.errors import InputError
from qa import Assistant


def make_app(assistant: Assistant | None = None) -> FastAPI:
    """An app over one library: that of ``KUTIP_LIBRARY`` when no assistant is given."""
    answerer = assistant or Assistant.open(os.environ["KUTIP_LIBRARY"])
    app = FastAPI(title="Kutip")

    @app.get("/ask")
    def ask(question: str, k: int = 10) -> dict[str, Any]:
        # "def", not "async def": FastAPI runs it in a thread, and threads may share an assistant
        try:
            return answerer.ask(question, k=k).to_dict()
        except InputError as problem:
            raise HTTPException(422, str(problem)) from problem

    return app
