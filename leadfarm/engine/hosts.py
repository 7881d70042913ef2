"""Which hosts a person of a workspace may let us connect to: those of the open internet."""

import ipaddress
import os
import socket

from leadfarm.engine.errors import LeadfarmError

ALLOWED = "LEADFARM_ALLOW_PRIVATE_HOSTS"


def open_address(host: str, port: int) -> str:
    """Return an address of the host to connect to; LeadfarmError where it lies inside our network.

    The address is handed on, not the name, so that a second answer of the name cannot lead inside.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise LeadfarmError(f"The host {host} cannot be found.", "Check its name.") from None
    addresses = [str(one[4][0]) for one in found]
    if os.environ.get(ALLOWED) == "1":
        return addresses[0]
    for address in addresses:
        if not ipaddress.ip_address(address.partition("%")[0]).is_global:
            raise LeadfarmError(
                f"The host {host} lies inside a private network.",
                f"Whoever runs this installation may allow that with {ALLOWED}=1.",
            )
    return addresses[0]
