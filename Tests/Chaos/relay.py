"""A relay in front of a machine that can hold data up, stop passing it on, and break connections off."""

import asyncio
import random
import struct
import socket
import threading


class Relay:
    """Passes on what comes for a machine. `delay` is in seconds for each piece; a stalled relay passes nothing on."""

    def __init__(self, listen, target, port):
        self.listen, self.target, self.port = listen, target, port
        self.delay = 0.0
        self.passes = None
        self.writers = set()
        self.loop = asyncio.new_event_loop()
        ready = threading.Event()
        threading.Thread(target=self._serve, args=(ready,), daemon=True).start()
        if not ready.wait(10):
            raise RuntimeError(f"the relay on {listen} did not start")

    def _serve(self, ready):
        asyncio.set_event_loop(self.loop)

        async def begin():
            self.passes = asyncio.Event()
            self.passes.set()
            await asyncio.start_server(self._connection, self.listen, self.port)
            ready.set()

        self.loop.run_until_complete(begin())
        self.loop.run_forever()

    async def _connection(self, reader, writer):
        try:
            there, back = await asyncio.wait_for(asyncio.open_connection(self.target, self.port), 5)
        except (OSError, asyncio.TimeoutError):
            writer.close()
            return
        pair = {writer, back}
        self.writers |= pair
        try:
            await asyncio.gather(self._pass(reader, back), self._pass(there, writer))
        except OSError:
            pass  # one of the two ends is gone, which is what the other is told below
        finally:
            self.writers -= pair
            for end in pair:
                end.close()

    async def _pass(self, reader, writer):
        while data := await reader.read(1 << 14):
            if self.delay:
                await asyncio.sleep(self.delay * random.uniform(0.5, 1.5))
            await self.passes.wait()
            writer.write(data)
            await writer.drain()
        writer.close()

    def slow(self, seconds):
        self.delay = seconds

    def stall(self):
        self.loop.call_soon_threadsafe(self.passes.clear)

    def go_on(self):
        self.delay = 0.0
        self.loop.call_soon_threadsafe(self.passes.set)

    def reset(self):
        """Breaks all connections off, without the goodbye of TCP."""
        self.loop.call_soon_threadsafe(self._reset)

    def _reset(self):
        for writer in list(self.writers):
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
