"""Runs a command on the database of DATABASE_URL and writes the statements that it sent, as a script
for psql: logged_statements.py FILE [--with WORD] COMMAND...

It stands between the two on a socket of its own and reads the protocol (PostgreSQL's manual, chapter
on the frontend/backend protocol): the texts of Query and Parse messages. Prints how many there were.
With a WORD only those that hold it are written.
"""

import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
import threading
from typing import List
from urllib.parse import parse_qs, unquote, urlsplit


def server_address(conninfo: str) -> str:
    """The path of the server's unix socket; the scratch server has no other."""
    if conninfo.startswith("postgres"):
        parts = urlsplit(conninfo)
        query = parse_qs(parts.query)
        folder = query.get("host", [unquote(parts.hostname or "")])[0]
        port = query.get("port", [str(parts.port or 5432)])[0]
    else:
        values = dict(re.findall(r"(\w+)='?([^' ]+)'?", conninfo))
        folder, port = values["host"], values.get("port", "5432")
    return f"{folder}/.s.PGSQL.{port}"


def main() -> int:
    script, command, word = sys.argv[1], sys.argv[2:], ""
    if command[0] == "--with":
        word, command = command[1], command[2:]
    conninfo = os.environ["DATABASE_URL"]
    real = server_address(conninfo)
    statements: List[str] = []
    folder = tempfile.mkdtemp()
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.path.join(folder, os.path.basename(real)))
    listener.listen()
    threading.Thread(target=accept, args=(listener, real, statements), daemon=True).start()
    environment = dict(os.environ)
    environment["DATABASE_URL"] = conninfo.replace(os.path.dirname(real), folder)
    ended = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL)
    with open(script, "w") as file:
        for statement in (each for each in statements if word in each):
            file.write(statement.rstrip().rstrip(";") + ";\n")
    print(f"  {len(statements)} statements were sent")
    return 0 if ended.returncode in (0, 1) else ended.returncode


def accept(listener: socket.socket, real: str, statements: List[str]) -> None:
    while True:
        client, _ = listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(real)
        threading.Thread(target=copy, args=(server, client), daemon=True).start()
        threading.Thread(target=listen, args=(client, server, statements), daemon=True).start()


def copy(source: socket.socket, target: socket.socket) -> None:
    while True:
        data = source.recv(65536)
        if not data:
            target.close()
            return
        target.sendall(data)


def listen(client: socket.socket, server: socket.socket, statements: List[str]) -> None:
    data, started = b"", False
    while True:
        more = client.recv(65536)
        if not more:
            server.close()
            return
        server.sendall(more)
        data += more
        while True:
            head = 0 if not started else 1
            if len(data) < head + 4:
                break
            length = struct.unpack("!I", data[head : head + 4])[0]
            if len(data) < head + length:
                break
            body, kind = data[head + 4 : head + length], data[:1]
            data = data[head + length :]
            if not started:
                # A request for encryption comes before the start-up packet.
                started = struct.unpack("!I", body[:4])[0] != 80877103
            elif kind == b"Q":
                statements.append(body[:-1].decode())
            elif kind == b"P":
                statements.append(body.split(b"\0")[1].decode())


if __name__ == "__main__":
    sys.exit(main())
