"""Whether a port can be listened on, asked before anything else is done."""

import errno
import socket

_FAULTS = {
    errno.EADDRINUSE: "another program listens there",
    errno.EACCES: "this user may not listen there",
    errno.EADDRNOTAVAIL: "this machine has no such address",
}


def fault(host: str, port: int) -> str:
    """Why nobody can listen at `host` and `port`, in a few words; empty when one can."""
    if not 0 <= port <= 65_535:
        return "ports go up to 65535"
    try:
        where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in where:
            with socket.socket(family, kind, protocol) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do
                if family == socket.AF_INET6:
                    probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                probe.bind(address)
                probe.listen()
    except OSError as error:
        return _FAULTS.get(error.errno or 0, str(error))
    return ""
