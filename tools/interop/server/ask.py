"""Has a script run by serve.py, and ends as it does.

Usage: ask.py SOCKET SCRIPT [WORD]...
To be run with -I and -S: it needs no more than sockets, and every import counts.
"""

import json
import os
import socket
import sys

connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
request = {"words": sys.argv[2:], "environment": dict(os.environ), "folder": os.getcwd()}
socket.send_fds(connection, [b"\0"], [0, 1, 2])
connection.sendall(json.dumps(request).encode())
connection.shutdown(socket.SHUT_WR)
code = connection.recv(1)
sys.exit(code[0] if code else "The server of scripts has ended.")
