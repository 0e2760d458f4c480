"""`python -m engines.mailsink PORT FOLDER`: a mail server that keeps each mail as a file, sending none on."""

import asyncio
import os
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

from engines.errors import EngineError
from engines.folders import private_folder


class Keeper:
    """Stores each mail as `<time>-<n>.eml`, whole or not at all, before it is accepted."""

    def __init__(self, folder: Path) -> None:
        self.folder = private_folder(folder)
        self._count = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Called by aiosmtpd for every mail."""
        try:
            self.keep(envelope)
        except OSError:
            return "452 4.3.1 No room for mail"
        return "250 2.0.0 Kept"

    def keep(self, envelope: Envelope) -> Path:
        """Write the mail, headed by the envelope's addresses, and give back its file."""
        self._count += 1
        seconds, nanoseconds = divmod(time.time_ns(), 1_000_000_000)
        stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime(seconds))
        final = self.folder / f"{stamp}.{nanoseconds // 1000:06}Z-{os.getpid()}x{self._count}.eml"
        part = final.with_suffix(".part")
        with open(part, "wb", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            file.write(_envelope_lines(envelope) + (envelope.original_content or b""))
            file.flush()
            os.fsync(file.fileno())
        part.rename(final)
        return final


def _envelope_lines(envelope: Envelope) -> bytes:
    recipients = ", ".join(envelope.rcpt_tos)
    return f"X-Envelope-From: {envelope.mail_from or '<>'}\r\nX-Envelope-To: {recipients}\r\n".encode()


async def serve(port: int, folder: Path) -> None:
    """Take mail on 127.0.0.1:`port` until SIGTERM or SIGINT."""
    loop = asyncio.get_running_loop()
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    keeper = Keeper(folder)
    server = await loop.create_server(
        lambda: SMTP(keeper, hostname="localhost", ident="Coproduce mail sink", enable_SMTPUTF8=True),
        "127.0.0.1",
        port,
    )
    async with server:
        await ended.wait()


def main(arguments: list[str]) -> int:
    """The command; 1 when the port or the folder cannot be used."""
    try:
        asyncio.run(serve(int(arguments[0]), Path(arguments[1])))
    except (EngineError, OSError) as error:
        print(f"The mail sink cannot run: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
