"""The least a Python server can do: `websockets`, one frame per message to everybody, nothing kept.

`python -m tests.load.bench.broadcast PORT`
"""

import asyncio
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve

_everybody: set[ServerConnection] = set()


async def talk(connection: ServerConnection) -> None:
    _everybody.add(connection)
    try:
        async for message in connection:
            broadcast(_everybody, message)
    finally:
        _everybody.discard(connection)


async def main(port: int) -> None:
    async with serve(talk, "127.0.0.1", port, compression=None) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
