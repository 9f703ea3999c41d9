"""Runs scripts for whoever asks, each in a process that is forked from this one, which has imported what most of them do.

Usage: serve.py
Reading a small table takes less time than the imports for it, and tests read many. Prints the path of the Unix socket
that ask.py connects to. The server ends with its standard input, so with whoever has started it.
"""

import json
import os
import runpy
import select
import signal
import socket
import sys
import tempfile
import traceback

# Their threads would be missing in forked processes.
os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy  # noqa: E402, F401
import pyarrow.dataset  # noqa: E402, F401
import pyarrow.parquet  # noqa: E402, F401
import pyiceberg.catalog.sql  # noqa: E402, F401
import pyiceberg.table  # noqa: E402, F401

# Not polars, deltalake and DuckDB: two of them in one process have aborted it, and they are fast to import.


def serve(path):
    # Nobody waits for those who answer.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen(64)
    print(path, flush=True)
    while True:
        readable, _, _ = select.select([server, sys.stdin], [], [])
        if sys.stdin in readable:
            return
        connection, _ = server.accept()
        if os.fork() == 0:
            server.close()
            answer(connection)
            os._exit(0)
        connection.close()


def answer(connection):
    """Runs what is asked for with the streams, environment and folder of who asks, who is told how that has ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    request = json.loads(b"".join(iter(lambda: connection.recv(65536), b"")))
    # Some scripts end their process at once, so that of a script is not the one that tells.
    script = os.fork()
    if script == 0:
        for to, stream in enumerate(streams):
            os.dup2(stream, to)
            os.close(stream)
        connection.close()
        os.chdir(request["folder"])
        os.environ.clear()
        os.environ.update(request["environment"])
        sys.argv = request["words"]
        sys.path[0] = os.path.dirname(sys.argv[0])
        code = run(sys.argv[0])
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    _, status = os.waitpid(script, 0)
    code = os.waitstatus_to_exitcode(status)
    # As a shell tells of signals.
    connection.sendall(bytes([code if code >= 0 else 128 - code]))


def run(script):
    try:
        runpy.run_path(script, run_name="__main__")
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        print(end.code, file=sys.stderr)
        return 1
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


with tempfile.TemporaryDirectory(prefix="datagen-python-") as folder:
    serve(os.path.join(folder, "socket"))
