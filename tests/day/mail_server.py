"""A real SMTP server whose moods a test can change, and the mails that it took."""

import socket
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """Takes mails on a port of this machine; it can refuse, go away and come back on the same port."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.mails: list[EmailMessage] = []
        self.answer = "250 taken"
        self._controller: Controller | None = None

    def start(self) -> None:
        """Listen. Nothing is taken before."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Go away: connections are refused from now on."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep the mail, unless the mood is to refuse it."""
        if self.answer.startswith("250"):
            mail: Any = message_from_bytes(envelope.content, policy=policy.default)
            self.mails.append(mail)
        return self.answer

    def to(self, address: str) -> list[EmailMessage]:
        """Return the mails to one address, oldest first."""
        return [mail for mail in self.mails if address in str(mail["To"])]

    def texts(self) -> str:
        """Return everything that stands in any mail, headers included."""
        return "\n".join(f"{mail.items()}\n{mail.get_content()}" for mail in self.mails)
