"""A headless Chromium that is told what to do through a pipe, in the DevTools protocol: no driver, no download."""

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)  # fmt: skip


def found() -> str | None:
    """The browser to use, if there is one."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class Page:
    """One tab. `events` keeps what the browser reported, oldest first. A question to the person is answered with yes."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = os.fdopen(commands, "wb", 0), os.fdopen(answers, "rb", 0)
        self._last, self._rest, self._session = 0, b"", ""
        self.events: list[dict[str, Any]] = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self.ask(f"{domain}.enable")

    def ask(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and wait for its answer."""
        asked = self._send(method, parameters)
        while True:
            message = self._next()
            if message.get("id") == asked:
                assert "error" not in message, f"{method}: {message['error']}"
                return dict(message["result"])
            self.events.append(message)

    def _send(self, method: str, parameters: dict[str, Any]) -> int:
        self._last += 1
        command: dict[str, Any] = {"id": self._last, "method": method, "params": parameters}
        if self._session:
            command["sessionId"] = self._session
        self._commands.write(json.dumps(command).encode() + b"\0")
        return self._last

    def wait_for(self, method: str) -> None:
        """Wait until the browser reports an event, after those that are known."""
        while True:
            self.events.append(self._next())
            if self.events[-1].get("method") == method:
                return

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            data = self._answers.read(65536)
            assert data, "the browser is gone"
            self._rest += data
        message, _, self._rest = self._rest.partition(b"\0")
        found = dict(json.loads(message))
        if found.get("method") == "Page.javascriptDialogOpening":
            self._send("Page.handleJavaScriptDialog", {"accept": True})  # nothing else is answered before
        return found

    def open(self, address: str) -> None:
        """Load a page and forget what was reported before."""
        self.events.clear()
        self.ask("Page.navigate", url=address)
        if not self.seen("Page.loadEventFired"):
            self.wait_for("Page.loadEventFired")

    def seen(self, method: str) -> list[dict[str, Any]]:
        """The events of one kind."""
        return [event["params"] for event in self.events if event.get("method") == method]

    def run(self, script: str) -> Any:
        """The value of an expression of JavaScript, waiting for a promise; the page's policy does not apply to it."""
        result = self.ask("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in result, result
        return result["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press keys one after the other: each a character, or the name of a key, such as Tab."""
        for key in keys:
            code = {"Tab": 9, "Enter": 13, "Escape": 27, " ": 32}.get(key, ord(key.upper()) if len(key) == 1 else 0)
            text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
            pressed = {"key": key, "windowsVirtualKeyCode": code}
            self.ask("Input.dispatchKeyEvent", type="keyDown", text=text, **pressed)
            self.ask("Input.dispatchKeyEvent", type="keyUp", **pressed)

    def write(self, text: str) -> None:
        """Write a text where the focus is."""
        self.ask("Input.insertText", text=text)

    def size(self, width: int, height: int = 900) -> None:
        """Make the window so many CSS pixels wide and high."""
        self.ask("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def show_as(self, *, dark: bool = False, medium: str = "") -> None:
        """Prefer light or dark; be a screen or, with medium "print", paper."""
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.ask("Emulation.setEmulatedMedia", media=medium, features=[scheme])


@contextmanager
def browser(executable: str) -> Iterator[Page]:
    """A browser with a new, empty profile; it is closed and the profile removed at the end."""
    (to_read, to_write), (from_read, from_write) = _pipe(), _pipe()

    def connect() -> None:
        # The browser reads commands from descriptor 3 and answers on 4.
        os.dup2(to_read, 3)
        os.dup2(from_write, 4)

    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [executable, *FLAGS, f"--user-data-dir={profile}"]
        process = subprocess.Popen(
            command,
            preexec_fn=connect,  # noqa: PLW1509 - no threads here
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_read)
        os.close(from_write)
        page = Page(to_write, from_read)
        try:
            yield page
        finally:
            _close(page, process)


def _close(page: Page, process: "subprocess.Popen[bytes]") -> None:
    with suppress(AssertionError, OSError):
        page.ask("Browser.close")
    page._commands.close()
    page._answers.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _pipe() -> tuple[int, int]:
    """A pipe whose ends are well above the descriptors that the browser expects."""
    low = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in low]
    for end in low:
        os.close(end)
    return high[0], high[1]


def axe_core() -> Path | None:
    """The accessibility checker, where `npm install --prefix tests` has put it."""
    script = Path(__file__).parents[1] / "node_modules" / "axe-core" / "axe.min.js"
    return script if script.exists() else None
