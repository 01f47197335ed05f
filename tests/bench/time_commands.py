"""Times commands as whole processes, in turn, and prints the median of each and its ratio to the first.

    python3 tests/bench/time_commands.py [--memory] RUNS 'name: command' 'name: command' ...

With --memory the largest of the processes so far is named with each.

A run that ends with a code other than 0 or 1 stops the measurement.
"""

import resource
import shlex
import statistics
import subprocess
import sys
import time
from typing import Dict, List


def main() -> int:
    arguments = sys.argv[1:]
    with_memory = arguments[0] == "--memory"
    arguments = arguments[with_memory:]
    runs = int(arguments[0])
    commands = dict(entry.split(": ", 1) for entry in arguments[1:])
    seconds: Dict[str, List[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            begin = time.perf_counter()
            ended = subprocess.run(shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            seconds[name].append(time.perf_counter() - begin)
            if ended.returncode not in (0, 1):
                print(f"{name} ended with {ended.returncode}: {ended.stderr.decode()[:500]}")
                return 1
    first = statistics.median(next(iter(seconds.values())))
    for name, taken in seconds.items():
        median = statistics.median(taken)
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        memory = f"  {peak} MB" if with_memory else ""
        print(
            f"  {name:<32} {median:8.3f} s  (from {min(taken):.3f} to {max(taken):.3f})"
            f"  {median / first:6.2f} times the first{memory}"
        )
    return 0


sys.exit(main())
