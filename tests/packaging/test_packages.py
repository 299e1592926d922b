"""Wheel, sdist and editable install all find the bundled questionnaire, from any working directory."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

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
    unpacked = next(path for path in tmp_path.iterdir() if path.is_dir())
    assert "alliance-readiness" in listed(f"import sys; sys.path.insert(0, {str(unpacked)!r})\n{ASK}", tmp_path)


def test_this_install_finds_it_from_any_folder(tmp_path: Path) -> None:
    assert "alliance-readiness" in listed(ASK, tmp_path)
    assert "alliance-readiness" in listed(ASK, Path("/"))
