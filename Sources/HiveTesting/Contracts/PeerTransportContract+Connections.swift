import HiveCore
import HiveSync

extension PeerTransportContract {
    func wrongPeerIsRefused() async throws {
        let (dialler, listener, other) = (try newNode(), try newNode(), try newNode())
        try await withListener(listener, accept: { _ in }) { bound in
            try await Self.expect(.wrongPeer, "connecting to another node than the one that answers") {
                _ = try await dialler.transport.connect(to: bound, expecting: other.key.nodeID)
            }
            let connection = try await dialler.transport.connect(to: bound, expecting: listener.key.nodeID)
            await connection.close()
        }
    }

    func closeEndsTheOtherSide() async throws {
        for isDialling in [true, false] {
            try await withPair { pair in
                let (here, there) = isDialling ? (pair.dialling, pair.accepted) : (pair.accepted, pair.dialling)
                async let closed: Void = here.close()
                for try await message in there.messages {
                    throw ContractViolation("a message came that nobody sent: \(message)")
                }
                await there.close()
                await closed
                await here.close()
            }
        }
    }

    func closeSendsWhatWasTaken() async throws {
        try await withPair { pair in
            try await pair.dialling.send([1], lane: .control)
            let message = Self.pattern(20 << 20)
            try await pair.dialling.send(message, lane: .bulk)
            async let closed: Void = pair.dialling.close()
            var received: [[UInt8]] = []
            for try await message in pair.accepted.messages { received.append(message) }
            await closed
            try Self.expect(received == [[1], message], "messages that were sent before `close` did not arrive")
        }
    }

    func sendAfterCloseThrows() async throws {
        try await withPair { pair in
            async let closed: Void = pair.dialling.close()
            for try await _ in pair.accepted.messages {}
            await pair.accepted.close()
            await closed
            for connection in [pair.dialling, pair.accepted] {
                try await Self.expect(.closed, "sending after `close`") { try await connection.send([1], lane: .live) }
            }
            for try await _ in pair.dialling.messages {
                throw ContractViolation("a closed connection has messages")
            }
        }
    }

    func endOfAcceptClosesConnection() async throws {
        let (dialler, listener) = (try newNode(), try newNode())
        try await withListener(
            listener,
            accept: { connection in
                do {
                    try await connection.send([5], lane: .control)
                } catch {
                    // The other side finds it missing.
                }
            }
        ) { bound in
            let connection = try await dialler.transport.connect(to: bound, expecting: listener.key.nodeID)
            var received: [[UInt8]] = []
            for try await message in connection.messages { received.append(message) }
            try Self.expect(received == [[5]], "what `accept` sent last did not arrive: \(received)")
            await connection.close()
        }
    }

    func manyConnections() async throws {
        let listener = try newNode()
        let nodes = try (0..<24).map { _ in try newNode() }
        try await withListener(
            listener,
            accept: { connection in
                do {
                    for try await message in connection.messages { try await connection.send(message, lane: .live) }
                } catch {
                    // The other side misses its echo.
                }
            }
        ) { bound in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, node) in nodes.enumerated() {
                    group.addTask {
                        let connection = try await node.transport.connect(to: bound, expecting: listener.key.nodeID)
                        let message = Self.pattern(1000 + number)
                        try await connection.send(message, lane: .live)
                        try await Self.read(1, from: connection) { echo in
                            try Self.expect(echo == message, "connections mix up their messages")
                        }
                        await connection.close()
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    func takenAddressIsRefused() async throws {
        let (first, second) = (try newNode(), try newNode())
        try await withListener(first, accept: { _ in }) { bound in
            try await Self.expect(.addressInUse, "listening on an address that is taken") {
                try await second.transport.listen(on: bound, opened: { _ in }, accept: { _ in })
            }
        }
    }

    func cancelledListenFreesAddress() async throws {
        let (node, dialler) = (try newNode(), try newNode())
        let (addresses, found) = AsyncStream<PeerAddress>.makeStream()
        let (connections, dialled) = AsyncStream<any PeerConnection>.makeStream()
        let (arrivals, arrival) = AsyncStream<any PeerConnection>.makeStream()
        try await withListener(node, accept: { await Self.hold($0, arrival) }) { bound in
            dialled.yield(try await dialler.transport.connect(to: bound, expecting: node.key.nodeID))
            _ = try await Self.first(of: arrivals, "the listener accepted nothing")
            found.yield(bound)
        }
        let bound = try await Self.first(of: addresses, "the listener told no address")
        let connection = try await Self.first(of: connections, "nothing was dialled")
        for try await _ in connection.messages {
            throw ContractViolation("a message came that nobody sent")
        }
        await connection.close()
        try await withListener(node, on: bound, accept: { _ in }) { again in
            try Self.expect(again == bound, "the same address was bound as \(again)")
        }
    }

    func nobodyAtAddress() async throws {
        let (node, other) = (try newNode(), try newNode())
        let (addresses, found) = AsyncStream<PeerAddress>.makeStream()
        try await withListener(other, accept: { _ in }) { found.yield($0) }
        let free = try await Self.first(of: addresses, "the listener told no address")
        try await Self.expect(.unreachable, "connecting to where nobody listens") {
            _ = try await node.transport.connect(to: free, expecting: other.key.nodeID)
        }
    }

    private static func expect(
        _ code: TransportError.Code, _ action: String, _ body: () async throws -> Void
    ) async throws {
        do {
            try await body()
        } catch let error as TransportError {
            guard error.code == code else {
                let found = error.code.rawValue
                throw ContractViolation("\(action) threw `\(found)` instead of `\(code.rawValue)`: \(error)")
            }
            return
        }
        throw ContractViolation("\(action) did not throw `\(code.rawValue)`")
    }
}
