"""Running a program and watching it: wall time, processor time and peak memory of each run."""

import os
import statistics
import subprocess
import time
from dataclasses import dataclass


@dataclass
class Run:
    """What one run took: seconds and bytes."""

    wall: float
    processor: float
    memory: int
    output: str


def run(command, codes=(0,), cwd=None):
    """Runs a command to its end; raises where it ends with another code than these."""
    began = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=cwd)
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in codes:
        raise RuntimeError(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, output)


def median_wall(command, repeats, cwd=None):
    """The median wall time of a command, after one run that warms the caches."""
    run(command, cwd=cwd)
    return statistics.median(run(command, cwd=cwd).wall for _ in range(repeats))
