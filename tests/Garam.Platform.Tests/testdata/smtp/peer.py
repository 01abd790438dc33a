"""A mail server that fails when it is told to.

Commands on standard input, one a line: ok, later (451 to the mail), refuse (550 to the mail), drop (closes in the middle of the mail),
lose (takes the mail and closes before saying so), down (stops listening), up. Each is answered with its name. Mails taken are printed as
JSON, read by Python's own mail parser.
"""
import argparse
import asyncio
import email
import email.policy
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Handler:
    mode = "ok"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.mode == "later":
            return "451 4.3.0 try again later"
        if self.mode == "refuse":
            return "550 5.7.1 not wanted here"
        if self.mode == "drop":
            server.transport.abort()
            return "451 gone"
        mail = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        tell({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "tls": session.ssl is not None,
            "user": session.auth_data.login.decode() if session.auth_data else None,
            "id": mail["Message-ID"], "subject": mail["Subject"], "sender": str(mail["From"]), "date": mail["Date"],
            "text": mail.get_body(("plain",)).get_content(), "html": mail.get_body(("html",)).get_content(),
            "longest": max(len(line) for line in envelope.original_content.split(b"\r\n")),
        })
        if self.mode == "lose":
            server.transport.abort()
            return "250 never heard"
        return "250 OK"


def tell(what):
    print(json.dumps(what), flush=True)


async def main():
    options = argparse.ArgumentParser()
    options.add_argument("port", type=int)
    options.add_argument("--certificate")
    options.add_argument("--key")
    options.add_argument("--user")
    options.add_argument("--password")
    given = options.parse_args()
    context = None
    if given.certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(given.certificate, given.key)

    def check(server, session, envelope, mechanism, data):
        good = data.login.decode() == given.user and data.password.decode() == given.password
        return AuthResult(success=good, handled=False, auth_data=data)

    handler = Handler()

    def protocol():
        return SMTP(handler, tls_context=context, require_starttls=context is not None, authenticator=check if given.user else None,
                    auth_required=given.user is not None, auth_require_tls=context is not None)

    loop = asyncio.get_running_loop()

    async def listen():
        return await loop.create_server(protocol, "127.0.0.1", given.port)

    listener = await listen()
    tell("up")
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        command = line.strip()
        if command == "down":
            listener.close()
            await listener.wait_closed()
        elif command == "up":
            listener = await listen()
        else:
            handler.mode = command
        tell(command)


asyncio.run(main())
