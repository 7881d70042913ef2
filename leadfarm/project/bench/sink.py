"""A mail server that takes everything and keeps nothing: a process of its own, for `bench send`."""

import socketserver
import sys

GREETING = b"220 sink\r\n"
OFFER = b"250-sink\r\n250 PIPELINING\r\n"
ANSWERS = {b"EHLO": OFFER, b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class Taker(socketserver.StreamRequestHandler):
    """One connection: as many mails as come."""

    disable_nagle_algorithm = True

    def handle(self) -> None:
        """Answer commands until the other side hangs up."""
        self.wfile.write(GREETING)
        while line := self.rfile.readline():
            command = line[:4].upper()
            self.wfile.write(ANSWERS.get(command, b"250 ok\r\n"))
            if command == b"DATA":
                while (data := self.rfile.readline()) and data != b".\r\n":
                    pass
                self.wfile.write(b"250 2.0.0 taken\r\n")
            elif command == b"QUIT":
                break


def serve(port: int) -> None:
    """Serve on this port until asked to stop, or until the bench is gone."""
    from leadfarm.engine import lifeline

    lifeline.watch()
    with socketserver.ThreadingTCPServer(("127.0.0.1", port), Taker) as server:
        server.serve_forever()


if __name__ == "__main__":
    serve(int(sys.argv[1]))
