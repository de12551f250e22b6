import HiveCore
import HiveSync

/// What nodes say of the present in a simulation. It has a generator of its own, so that the histories of seeds stay as they are.
extension Simulation {
    /// What every node really said, to tell it from what was made up.
    struct SoftLedger {
        var said: Set<SoftState> = []
        var random: SeededRandom
        var number = 0
    }

    private static let key = "agent/a"

    func moment(of node: SimulatedNode) -> SoftBoard.Moment {
        SoftBoard.Moment(now: time(of: node).milliseconds, uptime: now)
    }

    /// Some node says something, perhaps.
    func saySomething() throws {
        guard soft.random.chance(40) else { return }
        try say(by: Int.random(in: 0..<nodes.count, using: &soft.random))
    }

    private func say(by index: Int) throws {
        let node = nodes[index]
        soft.number += 1
        let state = try SoftState(
            author: node.key, key: Self.key, scope: scope.scope, payload: Array("\(soft.number)".utf8),
            stamp: node.board.stamp(for: Self.key, now: moment(of: node).now), lifetime: 600_000, signer: node.signer)
        soft.said.insert(state)
        perform(node.board.handle(.posted(state), at: moment(of: node)), on: index)
    }

    func feed(_ event: SoftEvent, to index: Int) {
        let node = nodes[index]
        perform(node.board.handle(event, at: moment(of: node)), on: index)
    }

    /// Boards tick, by the law that their nodes have by now.
    func tickBoards() throws {
        for node in nodes where node.isUp {
            try answering(node.index) {
                if let law = try node.changedLaw() { feed(.lawChanged(law), to: node.index) }
            }
            feed(.tick, to: node.index)
        }
    }

    private func perform(_ directives: [SoftDirective], on index: Int) {
        for case .send(let states, let peer) in directives {
            guard let to = nodes.firstIndex(where: { $0.node == peer }) else { continue }
            sendBytes(SyncMessage.soft(states).encoded(), from: index, to: to)
        }
    }

    /// Nothing is shown anywhere that its author did not say.
    func checkNothingIsMadeUp() throws {
        for node in nodes {
            for entry in node.board.states(under: "", uptime: now) where !soft.said.contains(entry.state) {
                throw fail("node \(node.index) shows a soft state that nobody said")
            }
        }
    }

    /// What goes on being said reaches all whose clocks agree, however much is lost, and the last word counts.
    func checkSoftStates() throws {
        guard nodes.count == plan.nodes else { return }  // two lives of one node speak over each other
        for _ in 0..<60 {
            for index in nodes.indices { try say(by: index) }
            try advance(by: 3000)
            try checkNothingIsMadeUp()
            if isHeardByAll { return }
        }
        throw fail("nodes do not hear what others go on saying")
    }

    private var isHeardByAll: Bool {
        nodes.allSatisfy { node in
            nodes.allSatisfy { author in
                let difference = time(of: author).milliseconds - time(of: node).milliseconds
                guard abs(difference) <= node.board.settings.tolerance, !author.hasJumped, !node.hasJumped else {
                    return true
                }
                let slot = SoftKey(node: author.node, key: Self.key)
                let own = author.board.state(slot, uptime: now)
                return own != nil && node.board.state(slot, uptime: now) == own
            }
        }
    }
}
