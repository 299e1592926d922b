"""Wheel, sdist and editable install all find the bundled questionnaire, from any working directory."""

import re
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
CONTENT = {path.relative_to(ROOT).as_posix() for path in (ROOT / "questionnaires").rglob("*.yaml")}
ASK = "import allycheck.__main__ as m, sys; sys.argv[1:] = ['questionnaire', 'list']; m.main()"
pytest.importorskip("hatchling", reason="building needs hatchling")


def python(folder: Path, *arguments: str) -> str:
    """What Python prints, run in a folder."""
    done = subprocess.run([sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("built")
    python(ROOT, "-m", "hatchling", "build", "-d", str(target))
    return target


def listed(code: str, folder: Path) -> str:
    return python(folder, "-I", "-c", code)


def test_the_wheel_unpacked_anywhere_finds_it(built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        assert {f"allycheck/{name}" for name in CONTENT} <= set(wheel.namelist())
        assert not [name for name in wheel.namelist() if name.startswith(("tests/", "questionnaires/", "docs/"))]
        manuals = [name for name in wheel.namelist() if ".data/data/share/man/man1/allycheck" in name]
        assert [Path(name).name for name in sorted(manuals)] == sorted(
            path.name for path in (ROOT / "docs/man").iterdir()
        )
        assert {f"allycheck/cli/shells/allycheck.{shell}" for shell in ("bash", "zsh", "fish", "ps1")} <= set(
            wheel.namelist()
        )
        wheel.extractall(tmp_path / "site")
    found = f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r})\n{ASK}"
    assert "alliance-readiness" in listed(found, tmp_path)
    assert str(tmp_path) in listed(found.replace(ASK, "import allycheck; print(allycheck.__file__)"), tmp_path)


def test_the_sdist_holds_everything_and_its_checkout_finds_it(built: Path, tmp_path: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        names = {name.split("/", 1)[1] for name in sdist.getnames()}
        sdist.extractall(tmp_path, filter="data")
    assert names >= CONTENT
    assert {
        "pyproject.toml",
        "README.md",
        "SECURITY.md",
        "allycheck/__main__.py",
        "tests/packaging/test_packages.py",
    } <= names
    assert {"constraints.txt", "constraints-lowest.txt", ".ci/run", ".github/workflows/ci.yml"} <= names
    assert {"action.yml", "templates/allycheck.yml", ".pre-commit-hooks.yaml"} <= names
    unpacked = next(path for path in tmp_path.iterdir() if path.is_dir())
    assert "alliance-readiness" in listed(f"import sys; sys.path.insert(0, {str(unpacked)!r})\n{ASK}", tmp_path)


def test_this_install_finds_it_from_any_folder(tmp_path: Path) -> None:
    assert "alliance-readiness" in listed(ASK, tmp_path)
    assert "alliance-readiness" in listed(ASK, Path("/"))


@pytest.mark.parametrize("what", ["clone", "wheel", "action"])
def test_the_install_lines_of_ci_work_as_written(what: str, built: Path, tmp_path: Path) -> None:
    """From a clone in a folder, from the URL of a wheel, and as the action does; what they need is here already."""
    python(tmp_path, "-m", "venv", "fresh")
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
    page = (ROOT / "docs/ci.md").read_text(encoding="utf-8")
    [line, other] = re.findall(r"^ +(?:run:|-) (python -m pip install .*)$", page, re.MULTILINE)
    assert line == other
    if what == "action":
        [line] = [step["run"] for step in action if step.get("name") == "Install"]
    source = {"clone": str(ROOT), "wheel": next(built.glob("*.whl")).as_uri(), "action": ""}[what]
    home, here = tmp_path / "fresh", sysconfig.get_path("purelib")
    surroundings = {
        "PATH": f"{home / 'bin'}:/usr/bin:/bin", "ALLYCHECK": source, "GITHUB_ACTION_PATH": str(ROOT), "PYTHONPATH": here,
        "PIP_NO_DEPS": "1", "PIP_NO_BUILD_ISOLATION": "0", "PIP_NO_INDEX": "1", "PIP_FORCE_REINSTALL": "1",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    listed = subprocess.run(
        [home / "bin/allycheck", "questionnaire", "list"], env=surroundings, capture_output=True, text=True, check=True
    )
    assert "alliance-readiness" in listed.stdout
    assert (home / "share/man/man1/allycheck-report.1").is_file()
