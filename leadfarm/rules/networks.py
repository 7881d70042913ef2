"""A caller's network: enough to tell callers apart, too little to name one."""

import ipaddress


def network_of(address: str) -> str:
    """Return the caller's network: /24, or /48 for IPv6; "" where the address is unreadable."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{ip}/{24 if ip.version == 4 else 48}", strict=False))
