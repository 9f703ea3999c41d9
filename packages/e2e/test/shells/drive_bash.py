"""Types a line into an interactive bash and prints what the screen shows; no more than Python's own library."""
import os, pty, select, signal, sys, time

script, folder, line = sys.argv[1:4]
child, terminal = pty.fork()
if child == 0:
    os.chdir(folder)
    os.environ.update(PS1="READY> ", TERM="dumb", HISTFILE="")
    os.execvp("bash", ["bash", "--norc", "--noprofile", "-i"])
seen = b""


def read_until(is_done, seconds=60):
    """Reads what the terminal shows until `is_done()`, and then what is there already."""
    global seen
    end = time.time() + seconds
    while True:
        was_done = is_done()
        while select.select([terminal], [], [], 0.1)[0]:
            seen += os.read(terminal, 65536)
        if was_done:
            return
        if time.time() > end:
            sys.exit(f"bash showed no more than {seen.decode(errors='replace')!r}")


# By a key after Tab, so when Tab is done and shown.
answered = os.path.join(folder, ".answered")
setup = f"source '{script}'; source '{script}'; bind -x '\"\\C-x\": : > {answered}'; echo set''up\n"
os.write(terminal, setup.encode())
read_until(lambda: b"setup\r\n" in seen)
os.write(terminal, (line + "\t\t\x18").encode())
read_until(lambda: os.path.exists(answered))
# Not by a key: it might end up in the line that was typed.
os.kill(child, signal.SIGKILL)
sys.stdout.write(seen.decode(errors="replace"))
