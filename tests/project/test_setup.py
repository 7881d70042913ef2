"""`bin/setup` on machines that lack something: it does without, or says the one line to type."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def setup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script, working on a folder of the test's own."""
    spec = importlib.util.spec_from_file_location("setup_script", CHECKOUT / "scripts" / "setup.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    venv = tmp_path / ".venv"
    names = {"VENV": venv, "PYTHON": venv / "bin/python", "STAMP": venv / "stamp"}
    for name, value in {**names, "UV": venv / "bin/uv"}.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(module, "ROOM_MB", 0)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    return module


def machine(*can: str) -> Callable[..., bool]:
    """A machine on which only the commands with one of these words in them work."""

    def works(*command: str, **_: Any) -> bool:
        return any(one in " ".join(command) for one in can)

    return works


def test_a_python_without_ensurepip_is_enough_where_pip_is(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "works", machine(f"{sys.executable} -m pip", "--without-pip"))
    setup.make_environment()
    assert setup.pip() == [sys.executable, "-m", "pip", "--python", str(setup.PYTHON)]


@pytest.mark.parametrize("root", [False, True])
def test_without_venv_and_pip_the_one_line_to_type_is_said(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, root: bool
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    monkeypatch.setattr(shutil, "which", lambda name: "/usr/bin/apt-get" if root else None)
    monkeypatch.setattr(setup, "works", machine())
    with pytest.raises(setup.Trouble, match="sudo apt-get install -y python3-venv"):
        setup.make_environment()
    assert not setup.VENV.exists()


def test_packages_that_cannot_be_had_are_said_and_tried_again_next_time(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "works", machine("-m venv"))
    monkeypatch.setattr(setup, "said", machine())
    assert setup.main([]) == 1
    assert "the packages could not be installed" in capsys.readouterr().err
    assert not setup.is_done({"requirements.lock": setup.fingerprint("requirements.lock")})


def test_a_full_disk_is_not_taken_for_a_python_that_lacks_something(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(setup, "ROOM_MB", 10**9)
    with pytest.raises(setup.Trouble, match="the disk is full"):
        setup.make_environment()
    assert not setup.VENV.exists()


def test_a_closed_folder_is_said(setup: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "VENV", setup.VENV / "not" / "there")
    with pytest.raises(setup.Trouble, match="cannot be made: no such file"):
        setup.make_environment()


def test_an_old_python_is_said(tmp_path: Path) -> None:
    """Neither python3 nor any newer one: what is needed, and how to name it."""
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2 && exit 0\nexit 1\n')
    old.chmod(0o755)
    for tool in ("sh", "dirname", "env"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    told = subprocess.run(
        [CHECKOUT / "bin" / "setup"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 1
    assert "Leadfarm needs Python 3.11 or newer; this machine has: Python 3.9.2." in told.stderr


@pytest.mark.parametrize("keeps", [True, False])
def test_where_python_keeps_nothing_it_compiles_the_packages_come_compiled(
    setup: ModuleType, monkeypatch: pytest.MonkeyPatch, keeps: bool
) -> None:
    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(sys, "dont_write_bytecode", not keeps)
    monkeypatch.setattr(setup, "find_uv", lambda options: "uv")
    monkeypatch.setattr(setup, "works", lambda *command: asked.append(command) is None)
    setup.install("requirements.lock")
    assert ("--compile-bytecode" in asked[0]) is not keeps
