"""Processes that train one model go on from the mean of their weights."""

from functools import partial
from pathlib import Path

import torch

from training.peers import EVERY, Peers, together


def learn(work: Path, peers: Peers) -> None:
    model = torch.nn.Linear(2, 1)
    for parameter in model.parameters():
        parameter.data.fill_(1.0 + 2 * peers.number)
    spent = peers.meet(model, 10.0 * (1 + peers.number))
    torch.save((model.state_dict(), spent), work / f"{peers.number}.pt")


def test_peers_meet_halfway_and_by_the_later_clock(tmp_path: Path) -> None:
    together(2, tmp_path, partial(learn, tmp_path))
    for number in range(2):
        state, spent = torch.load(tmp_path / f"{number}.pt")
        assert spent == 20.0
        assert all(torch.all(value == 2.0) for value in state.values())


def test_one_alone_keeps_its_weights_and_its_clock(tmp_path: Path) -> None:
    together(1, tmp_path, partial(learn, tmp_path))
    state, spent = torch.load(tmp_path / "0.pt")
    assert spent == 10.0
    assert all(torch.all(value == 1.0) for value in state.values())


def test_peers_decide_only_where_they_meet() -> None:
    assert Peers().meet_at(EVERY + 1)
    assert Peers(0, 2).meet_at(2 * EVERY)
    assert not Peers(0, 2).meet_at(EVERY + 1)
