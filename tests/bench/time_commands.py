"""Times commands as whole processes, in turn, and prints the median of each and its ratio to the first.

    python3 tests/bench/time_commands.py [--memory] RUNS 'name: command' 'name: command' ...

With --memory the largest of the processes so far is named with each.

A command that takes over five minutes is stopped and not run again, nor is one that ends with a code
other than 0 or 1; both are told.
"""

import os
import resource
import shlex
import signal
import statistics
import subprocess
import sys
import time
from typing import Dict, List

LIMIT = 300.0


class Timed:
    """The runs of one command; `ended` says why there are no more."""

    def __init__(self, name: str, command: str) -> None:
        self.name, self.command = name, shlex.split(command)
        self.seconds: List[float] = []
        self.ended = ""

    def run(self) -> None:
        begin = time.perf_counter()
        process = subprocess.Popen(
            self.command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        try:
            _, errors = process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            self.ended = f"stopped after {LIMIT:.0f} s"
            return
        if process.returncode in (0, 1):
            self.seconds.append(time.perf_counter() - begin)
        else:
            self.ended = f"ended with {process.returncode}: {errors.decode()[:500]}"

    def line(self, first: float) -> str:
        if self.ended:
            return f"  {self.name:<32} {self.ended}"
        median = statistics.median(self.seconds)
        return (
            f"  {self.name:<32} {median:8.3f} s  (from {min(self.seconds):.3f} to {max(self.seconds):.3f})"
            f"  {median / first:6.2f} times the first"
        )


def main() -> int:
    arguments = sys.argv[1:]
    with_memory = arguments[0] == "--memory"
    arguments = arguments[with_memory:]
    runs = int(arguments[0])
    commands = [Timed(*entry.split(": ", 1)) for entry in arguments[1:]]
    peaks: Dict[str, str] = {}
    for _ in range(runs):
        for command in commands:
            if command.ended:
                continue
            command.run()
            peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
            peaks[command.name] = f"  {peak} MB" if with_memory else ""
    first = commands[0]
    if first.ended:
        print(first.line(1))
        return 1
    for command in commands:
        print(command.line(statistics.median(first.seconds)) + peaks[command.name])
    return 0


sys.exit(main())
