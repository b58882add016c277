import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import types
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encoder import FOLDER, encoder_name, load_encoder
from index.encoders.bundled import BundledEncoder
from index.errors import EncoderError
from index.types import Encoder

SENTENCES = [
    "Siapa yang menengahi gencatan senjata?",
    "Armenia mengumumkan gencatan senjata pada hari Rabu.",
    "The price of rice went up in the markets of the capital.",
    "Jakarta adalah ibu kota Indonesia. " * 60,
]
TEXTS = [*SENTENCES, "x", ""]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_rows_are_unit_vectors(encoder: Encoder) -> None:
    vectors = encoder.encode_passages(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dim) == (len(TEXTS), 384)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode_passages([]).shape == (0, encoder.dim)


def test_a_vector_does_not_depend_on_its_batch(encoder: Encoder) -> None:
    together = encoder.encode_passages(TEXTS * 3)
    alone = np.concatenate([encoder.encode_passages([text]) for text in TEXTS * 3])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_threads_get_the_same_vectors(encoder: Encoder) -> None:
    expected = encoder.encode_passages(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(encoder.encode_passages, [TEXTS] * 8):
            np.testing.assert_allclose(vectors, expected, atol=1e-6)


def test_a_long_text_counts_up_to_its_limit(encoder: Encoder) -> None:
    words = "presiden " * 251  # with the two marks and "query:", 256 pieces
    np.testing.assert_array_equal(
        encoder.encode_question(words), encoder.encode_question(words + "gempa bumi")
    )
    shorter = encoder.encode_question("presiden " * 247 + "gempa bumi")
    assert not np.array_equal(encoder.encode_question(words), shorter)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        (
            "Who mediated the ceasefire?",
            "Gencatan senjata itu dimediasi oleh Rusia.",
            "Menteri itu meresmikan jembatan baru.",
        ),
        (
            "How many people were killed in the earthquake?",
            "Gempa itu menewaskan dua puluh orang.",
            "Tim nasional memenangkan dua puluh pertandingan.",
        ),
        (
            "Kapan harga bensin naik?",
            "The price of petrol went up on Saturday.",
            "The museum opens its doors on Saturday.",
        ),
        (
            "Was ist der höchste Berg Indonesiens?",
            "Puncak Jaya adalah gunung tertinggi di Indonesia.",
            "Menteri itu meresmikan jembatan baru.",
        ),
        (
            "印度尼西亚最高的山是什么?",
            "Puncak Jaya adalah gunung tertinggi di Indonesia.",
            "Menteri itu meresmikan jembatan baru.",
        ),
        (
            "Siapa presiden Indonesia?",
            "Joko Widodo adalah presiden Indonesia sejak 2014.",
            "Gunung Semeru adalah gunung tertinggi di Jawa.",
        ),
    ],
)
def test_a_question_lies_by_its_answer_across_languages(
    encoder: Encoder, question: str, right: str, wrong: str
) -> None:
    near, far = encoder.encode_passages([right, wrong]) @ encoder.encode_question(question)
    assert near > far + 0.1


def test_the_name_tells_the_weights() -> None:
    digest = hashlib.sha256((FOLDER / "model.onnx").read_bytes())
    digest.update((FOLDER / "model.safetensors").read_bytes())
    digest.update((FOLDER / "smoothing.npy").read_bytes())
    assert load_encoder("bundled").name == encoder_name()
    assert encoder_name().endswith("-" + digest.hexdigest()[:8])


def test_the_directory_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*")) <= 45_000_000


@pytest.mark.parametrize(
    "missing",
    ["model.json", "model.onnx", "model.safetensors", "smoothing.npy", "tokenizer.json"],
)
def test_a_missing_file_is_one_clear_line(tmp_path: Path, missing: str) -> None:
    for path in FOLDER.iterdir():
        if path.is_file() and path.name != missing:
            os.link(path, tmp_path / path.name)
    with pytest.raises(EncoderError, match="install Kutip again") as caught:
        BundledEncoder(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_damaged_graph_is_an_encoder_error(tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(FOLDER, folder)
    (folder / "model.onnx").write_bytes(b"not a graph")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        BundledEncoder(folder)


def test_the_bundled_encoder_needs_no_torch() -> None:
    code = (
        "import sys; import index.encoder as e; early = 'onnxruntime' in sys.modules;"
        "e.load_encoder().encode_question('apa'); print(early, 'onnxruntime' in sys.modules,"
        "{'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "False True set()"


class FakeModel:
    """Stands in for ``SentenceTransformer``; each instance is kept in ``made``."""

    made: list["FakeModel"] = []  # noqa: RUF012
    given: dict[str, str] = {}  # noqa: RUF012

    def __init__(self, name: str, **options: Any) -> None:
        if "broken" in name:
            raise OSError("no file named modules.json\nand more")
        self.name, self.options = name, options
        self.prompts = dict(self.given)
        FakeModel.made.append(self)

    def get_embedding_dimension(self) -> int:
        return 2

    def encode_document(self, texts: list[str], **options: Any) -> Any:
        assert options["normalize_embeddings"]
        return np.array([[1.0, 0.0]] * len(texts))

    def encode_query(self, text: str, **options: Any) -> Any:
        assert options["normalize_embeddings"]
        return np.array([0.0, 1.0])


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> type[FakeModel]:
    """A stand-in for sentence_transformers, so that no test needs torch or the network."""
    module = types.ModuleType("sentence_transformers")
    monkeypatch.setattr(module, "SentenceTransformer", FakeModel, raising=False)
    monkeypatch.setitem(sys.modules, "sentence_transformers", module)
    monkeypatch.setattr(FakeModel, "made", [])
    monkeypatch.setattr(FakeModel, "given", {})
    for name in ("HF_HUB_OFFLINE", "TQDM_DISABLE"):
        monkeypatch.setenv(name, "0")  # the encoder changes them; this puts them back
    return FakeModel


def test_a_directory_never_reaches_for_the_network(
    library: type[FakeModel], tmp_path: Path
) -> None:
    encoder = load_encoder(str(tmp_path))
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert library.made[0].options["local_files_only"]
    assert encoder.encode_passages(["a", "b"]).tolist() == [[1, 0], [1, 0]]
    assert encoder.encode_question("a").tolist() == [0, 1]
    assert encoder.encode_passages([]).shape == (0, 2)
    assert encoder.encode_question("a").dtype == np.float32


def test_the_name_of_a_directory_tells_its_weights(
    library: type[FakeModel], tmp_path: Path
) -> None:
    names = []
    for weights in (b"one", b"two", b"one"):
        folder = tmp_path / str(len(names)) / "my-model"
        folder.mkdir(parents=True)
        (folder / "model.safetensors").write_bytes(weights)
        names.append(load_encoder(str(folder)).name)
    assert names[0] == names[2] != names[1]
    assert names[0].startswith("my-model-")


def test_a_hub_model_is_announced(
    library: type[FakeModel], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        encoder = load_encoder("someone/some-model")
    assert "someone/some-model" in caplog.text
    assert encoder.name == "someone/some-model"
    assert library.made[0].prompts == {}


def test_a_library_never_fetches_its_model_again(
    library: type[FakeModel], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "0")
    load_encoder("someone/some-model", download=False)
    assert library.made[0].options == {"local_files_only": True}
    assert os.environ["HF_HUB_OFFLINE"] == "1"
    assert not caplog.text


def test_e5_models_get_the_prompts_they_were_trained_with(library: type[FakeModel]) -> None:
    load_encoder("intfloat/multilingual-e5-small")
    assert library.made[0].prompts == {"query": "query: ", "document": "passage: "}


def test_prompts_of_the_model_itself_are_left_alone(
    library: type[FakeModel], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library, "given", {"query": "find: ", "document": ""})
    load_encoder("someone/e5-like")
    assert library.made[0].prompts == {"query": "find: ", "document": ""}


def test_a_model_that_does_not_load_is_one_clear_line(library: type[FakeModel]) -> None:
    with pytest.raises(EncoderError, match=r"no file named modules\.json") as caught:
        load_encoder("someone/broken")
    assert "\n" not in str(caught.value)


def test_a_directory_that_is_not_there_is_not_taken_for_a_hub_name() -> None:
    with pytest.raises(EncoderError, match="check the path"):
        load_encoder("./no/such/model")


def test_without_sentence_transformers_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "sentence_transformers", None)
    with pytest.raises(EncoderError, match="pip install sentence-transformers"):
        load_encoder("someone/some-model")


def test_it_is_also_a_sentence_transformers_model(encoder: Encoder) -> None:
    """In a process of its own: torch takes seconds to import, and warns."""
    code = (
        "import json, sys; from sentence_transformers import SentenceTransformer;"
        "model = SentenceTransformer(sys.argv[1], device='cpu', local_files_only=True);"
        "print(json.dumps(model.encode_document(json.loads(sys.argv[2])).tolist()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(FOLDER), json.dumps(SENTENCES)],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env=os.environ | {"HF_HUB_OFFLINE": "1"},
    )
    vectors = np.array(json.loads(done.stdout.splitlines()[-1]))
    cosines = (vectors * encoder.encode_passages(SENTENCES)).sum(1)
    assert cosines.min() > 0.99
