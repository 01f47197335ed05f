"""Runs a command with a TCP port that leads to the server of DATABASE_URL: over_tcp.py COMMAND...

The scratch server listens on a unix socket alone, which drivers of Java do not know. BENCH_TCP holds
`HOST PORT USER DATABASE`.
"""

import os
import socket
import subprocess
import sys
import threading
from typing import List

from logged_statements import server_address


def copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def accept(listener: socket.socket, address: str) -> None:
    while True:
        client, _ = listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(address)
        threading.Thread(target=copy, args=(client, server), daemon=True).start()
        threading.Thread(target=copy, args=(server, client), daemon=True).start()


def asked(question: str) -> str:
    command: List[str] = ["psql", "-X", "-A", "-t", "-c", question, os.environ["DATABASE_URL"]]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def main() -> int:
    listener = socket.create_server(("127.0.0.1", 0))
    address = server_address(os.environ["DATABASE_URL"])
    threading.Thread(target=accept, args=(listener, address), daemon=True).start()
    place = f"127.0.0.1 {listener.getsockname()[1]}"
    names = asked("SELECT current_user || ' ' || current_database()")
    return subprocess.run(sys.argv[1:], env={**os.environ, "BENCH_TCP": f"{place} {names}"}).returncode


if __name__ == "__main__":
    sys.exit(main())
