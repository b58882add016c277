"""What comes back from the shipped models is what was exported, but for rounding."""

import copy
import random
from pathlib import Path

import pytest
import torch

from training.average import average
from training.export import export, export_reader
from training.reader import Reader, checkpoint, pieces_of
from training.readings import Reading
from training.run import Run
from training.student import Student
from training.unpack import ENCODER_CHECKPOINT, unpack

TEXTS = ["a b c", "d d d c a b", "c"]


@pytest.fixture
def reader(student: Student) -> Reader:
    reader = Reader(Student(student.tokenizer, copy.deepcopy(student.model))).eval()
    torch.nn.init.normal_(reader.head.bias)
    return reader


def test_the_shipped_models_come_back(student: Student, reader: Reader, tmp_path: Path) -> None:
    pieces = pieces_of(reader, [Reading("a b", TEXTS[1], "", 0, "x")], random.Random(0))
    with torch.no_grad():
        vectors, scores = student.encode(TEXTS, 64), reader(pieces)
    encoder, work = tmp_path / "encoder", tmp_path / "work"
    export(student, encoder)
    export_reader([reader], 0.0, tmp_path / "reader")
    unpack(encoder, tmp_path / "reader", work)

    for model in (student.model, reader):
        for weights in model.parameters():
            weights.data.zero_()
    student.model.load_state_dict(torch.load(work / ENCODER_CHECKPOINT)["model"])
    reader.load_state_dict(torch.load(checkpoint(work, 1))["model"])
    assert (student.encode(TEXTS, 64) * vectors).sum(1).min() > 0.99
    with torch.no_grad():
        torch.testing.assert_close(reader(pieces), scores, atol=0.15, rtol=0.05)
    assert (work / "tokenizer.json").is_file()


def test_a_reader_of_other_word_pieces_is_left_out(
    student: Student, reader: Reader, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export(student, tmp_path / "encoder")
    export_reader([reader], 0.0, tmp_path / "reader")
    with (tmp_path / "reader" / "tokenizer.json").open("a") as file:
        file.write(" ")
    unpack(tmp_path / "encoder", tmp_path / "reader", tmp_path / "work")
    assert "other word pieces" in capsys.readouterr().out
    assert not checkpoint(tmp_path / "work", 1).exists()


def test_training_starts_from_an_unpacked_checkpoint(reader: Reader, tmp_path: Path) -> None:
    torch.save({"model": reader.state_dict()}, checkpoint(tmp_path, 1))
    reader.head.weight.data.zero_()
    optimizer = torch.optim.AdamW([{"params": list(reader.head.parameters())}])
    run = Run(reader, optimizer, (0.01,), 60, checkpoint(tmp_path, 1))
    run.resume()
    assert (run.step, run.spent) == (0, 0.0)
    assert reader.head.weight.abs().sum() > 0


def test_the_average_of_two_checkpoints_lies_halfway(tmp_path: Path) -> None:
    for name, value in (("before", 1.0), ("after", 3.0)):
        torch.save({"model": {"x": torch.full((2,), value)}}, tmp_path / f"{name}.pt")
    average(tmp_path, "before", "after")
    assert torch.load(tmp_path / "average.pt")["model"]["x"].tolist() == [2.0, 2.0]
