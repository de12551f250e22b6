import HiveCore
import HiveSync

/// How messages travel, and how nodes do what their sessions ask for.
extension Simulation {
    func connect(_ a: Int, _ b: Int) throws {
        for (from, to) in [(a, b), (b, a)] {
            nodes[from].openSession(with: to)
            feed(.connected(nodes[to].node), to: from)
            try feed(.opened, to: from, about: to)
        }
    }

    func connectAll() throws {
        for a in nodes.indices {
            for b in nodes.indices where a < b && mayConnect(a, b) { try connect(a, b) }
        }
    }

    /// Whether two nodes have no conversation and could have one. Two lives of one node talk like any others.
    func mayConnect(_ a: Int, _ b: Int) -> Bool {
        guard nodes[a].isUp, nodes[b].isUp else { return false }
        return nodes[a].sessions[b] == nil || nodes[b].sessions[a] == nil
    }

    /// More messages than any history of this size needs.
    private static let storm = 40_000

    func mayTravel(_ a: Int, _ b: Int) -> Bool {
        a != b && nodes[a].absentUntil == nil && nodes[b].absentUntil == nil
            && (isHealed || weather.lets(.init(from: a, to: b), at: now))
    }

    /// Moves time on, delivering what arrives meanwhile and letting sessions tick every second.
    func advance(by duration: Int64) throws {
        let end = now + duration
        while true {
            let next = flights.min { ($0.time, $0.sequence) < ($1.time, $1.sequence) }
            let tick = (now / 1000 + 1) * 1000
            guard let flight = next, flight.time <= min(end, tick) else {
                guard tick <= end else { break }
                now = tick
                try wake()
                for node in nodes where node.isUp {
                    for peer in node.sessions.keys.sorted() { try feed(.tick, to: node.index, about: peer) }
                }
                try tickBoards()
                continue
            }
            now = max(now, flight.time)
            flights.removeAll { $0.sequence == flight.sequence }
            try deliver(flight)
        }
        now = end
    }

    private func deliver(_ flight: Flight) throws {
        guard mayTravel(flight.from, flight.to) else { return }
        if let until = nodes[flight.to].pausedUntil {
            // It wakes at a tick, which may come later than its pause ends.
            return enqueue(flight.bytes, flight.from, flight.to, at: max(until, now + 1))
        }
        guard nodes[flight.to].sessions[flight.from] != nil else { return }
        let message: SyncMessage?
        do { message = try SyncMessage.decode(flight.bytes) } catch {
            guard flight.from == liar else { throw fail("a message was not understood: \(error)") }
            return dropSessions(of: flight.to, with: flight.from)
        }
        guard let message else { return }  // of a newer version
        if case .soft(let states) = message {
            return feed(.received(states, from: nodes[flight.from].node), to: flight.to)
        }
        report.messages += 1
        guard report.messages < Self.storm else { throw fail("the nodes talk without end") }
        try feed(.received(message), to: flight.to, about: flight.from)
    }

    func send(_ message: SyncMessage, from: Int, to: Int) {
        guard !isHealed, from == liar else { return sendBytes(message.encoded(), from: from, to: to) }
        for bytes in distort(message) { sendBytes(bytes, from: from, to: to) }
    }

    func sendBytes(_ bytes: [UInt8], from: Int, to: Int, chance: Bool = true) {
        guard mayTravel(from, to) else { return }
        let isCalm = isHealed || !chance
        if !isCalm, plan.faults.contains(.loss), happens(plan.strength(.loss) / 3, .loss) { return }
        let isDouble =
            !isCalm && plan.faults.contains(.duplication)
            && happens(plan.strength(.duplication) / 2, .duplication)
        for _ in 0..<(isDouble ? 2 : 1) {
            var time = now + Int64.random(in: 1...20, using: &random)
            if !isCalm, plan.faults.contains(.delay) { time += number(0...Int64(plan.strength(.delay) * 15), .delay) }
            if !isCalm, plan.faults.contains(.reordering), happens(10, .reordering) {
                time += number(500...5_000, .reordering)
            }
            enqueue(bytes, from, to, at: isCalm ? time : weather.arrival(of: time, on: .init(from: from, to: to)))
        }
    }

    private func enqueue(_ bytes: [UInt8], _ from: Int, _ to: Int, at time: Int64) {
        sequence += 1
        flights.append(Flight(time: time, sequence: sequence, from: from, to: to, bytes: bytes))
    }

    func dropSessions(of index: Int) {
        for peer in nodes.indices where peer != index { dropSessions(of: index, with: peer) }
        nodes[index].closeSession(with: index)
    }

    func dropSessions(of index: Int, with peer: Int) {
        nodes[peer].closeSession(with: index)
        nodes[index].closeSession(with: peer)
        flights.removeAll { ($0.from, $0.to) == (index, peer) || ($0.from, $0.to) == (peer, index) }
    }
}
