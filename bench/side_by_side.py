#!/usr/bin/env python3
"""Two binaries at the same time, each with a load client of its own: whose purchase costs less CPU.

    python3 bench/side_by_side.py OLD NEW [--rounds 3] [--seconds 10] [--clients 48]

Runs one after another differ by 20 % on a shared machine; two at once meet the same minute. One JSON object a
round: CPU of the server a purchase in ms, and their ratio. A binary beside itself shows what noise is left.
"""
import argparse
import json
import os
import subprocess
import tempfile
import time
import urllib.request

PORT_BASES = (31000, 31500)
READY_WITHIN_S = 120


def is_ready(base):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{base}/readyz", timeout=1) as answer:
            return answer.status == 200
    except OSError:
        return False


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Instance:
    """A server with small demo data in a folder of its own, stopped and removed at the end."""

    def __init__(self, binary, base):
        self.binary, self.base = binary, base
        self.folder = tempfile.TemporaryDirectory(prefix="side_by_side.")
        self.server = subprocess.Popen(
            [binary, "serve", "--demo=small", "--data", self.folder.name + "/data",
             "--port-base", str(base)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self):
        end = time.monotonic() + READY_WITHIN_S
        while not is_ready(self.base):
            if self.server.poll() is not None or time.monotonic() > end:
                self.__exit__()
                raise SystemExit(f"side_by_side: {self.binary} does not get ready on port {self.base}")
            time.sleep(0.2)
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()

    def load(self, clients, seconds):
        self.before = cpu_seconds(self.server.pid)
        return subprocess.Popen(
            [self.binary, "bench", "purchase", "--target", f"http://127.0.0.1:{self.base}",
             "--clients", str(clients), "--seconds", str(seconds), "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def figures(self, client):
        output, _ = client.communicate()
        if client.returncode != 0:
            raise SystemExit(f"side_by_side: the load client of {self.binary} failed")
        done = json.loads(output)
        spent = cpu_seconds(self.server.pid) - self.before
        cpu_ms = round(1000 * spent / done["ok"], 3)
        return {"binary": self.binary, "ok_per_s": done["ok_per_s"], "cpu_ms": cpu_ms}


def main():
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("old")
    arguments.add_argument("new")
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--seconds", type=int, default=10)
    arguments.add_argument("--clients", type=int, default=48)
    given = arguments.parse_args()
    for number in range(given.rounds):
        ports = PORT_BASES if number % 2 == 0 else PORT_BASES[::-1]
        with Instance(given.old, ports[0]) as old, Instance(given.new, ports[1]) as new:
            clients = [(one, one.load(given.clients, given.seconds)) for one in (old, new)]
            first, second = (one.figures(client) for one, client in clients)
        ratio = round(second["cpu_ms"] / first["cpu_ms"], 3)
        print(json.dumps({"old": first, "new": second, "cpu_ratio": ratio}), flush=True)


if __name__ == "__main__":
    main()
