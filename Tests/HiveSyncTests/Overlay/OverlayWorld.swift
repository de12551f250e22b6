import HiveCore
import HiveSync
import HiveTesting

/// Many nodes with nothing but the overlay: who calls whom, who pushes what to whom, with delays and losses.
struct OverlayWorld {
    struct Node {
        let id: NodeID
        let log: LogID
        var view: PartialView
        var overlay: PushOverlay
        var held: [LogID: UInt64] = [:]
        var links: Set<Int> = []
        /// Pushes that arrived.
        var received: UInt64 = 0
        var isDown = false
    }

    private enum Message {
        case push(ScopedHead)
        case announce([ScopedHead])
        case graft(ScopedHead)
        case prune(ScopeID)
    }

    private struct Flight {
        let to: Int
        let from: Int
        let message: Message
    }

    private(set) var nodes: [Node] = []
    let scope = ScopeID(.sha256([1]))
    private var index: [NodeID: Int] = [:]
    private var flights: [Int64: [Flight]] = [:]
    private var random: SeededRandom
    private(set) var now: Int64 = 0
    /// Percent of messages that are lost.
    var loss = 0
    let maximumDelay: Int64 = 40

    init(count: Int, seed: UInt64, settings: PushOverlay.Settings = .init()) {
        random = SeededRandom(seed: seed)
        for number in 0..<count {
            let id = NodeID(.sha256([UInt8(number >> 8), UInt8(number & 255)]))
            index[id] = number
            nodes.append(
                Node(
                    id: id, log: LogID(.sha256([9, UInt8(number >> 8), UInt8(number & 255)])),
                    view: PartialView(own: id), overlay: PushOverlay(settings: settings)))
        }
        let everybody = Dictionary(uniqueKeysWithValues: nodes.map { ($0.id, Set([scope])) })
        for number in nodes.indices {
            nodes[number].view.know(everybody)
            _ = nodes[number].overlay.handle(.holders([scope: count - 1]), now: 0)
        }
    }

    /// Lets every node choose whom to call; calls succeed at once where the other side is up.
    mutating func choose() {
        for caller in nodes.indices where !nodes[caller].isDown {
            for directive in nodes[caller].view.choose(now: now, using: &random) {
                switch directive {
                case .connect(let peer):
                    guard let other = index[peer] else { continue }
                    if nodes[other].isDown { nodes[caller].view.failed(peer, now: now) } else { link(caller, other) }
                case .release(let peer):
                    guard let other = index[peer], !nodes[other].view.wanted.contains(nodes[caller].id) else {
                        continue
                    }
                    unlink(caller, other)
                }
            }
        }
    }

    private mutating func link(_ a: Int, _ b: Int) {
        for (one, other) in [(a, b), (b, a)] {
            nodes[one].links.insert(other)
            nodes[one].view.connected(nodes[other].id)
            _ = nodes[one].overlay.handle(.linked(nodes[other].id, scopes: [scope]), now: now)
        }
    }

    private mutating func unlink(_ a: Int, _ b: Int) {
        for (one, other) in [(a, b), (b, a)] where nodes[one].links.remove(other) != nil {
            nodes[one].view.disconnected(nodes[other].id)
            _ = nodes[one].overlay.handle(.unlinked(nodes[other].id), now: now)
        }
    }

    mutating func stop(_ number: Int) {
        nodes[number].isDown = true
        for other in nodes[number].links { unlink(number, other) }
    }

    mutating func write(on number: Int) {
        let size = (nodes[number].held[nodes[number].log] ?? 0) + 1
        nodes[number].held[nodes[number].log] = size
        grew(ScopedHead(scope: scope, head: LogHead(log: nodes[number].log, size: size, root: .zero)), number, nil)
    }

    private mutating func grew(_ head: ScopedHead, _ number: Int, _ source: Int?) {
        let directives = nodes[number].overlay.handle(.grew([head], from: source.map { nodes[$0].id }), now: now)
        perform(directives, on: number)
    }

    private mutating func perform(_ directives: [OverlayDirective], on number: Int) {
        for directive in directives {
            switch directive {
            case .push(let head, let peer): send(.push(head), number, peer)
            case .announce(let heads, let peer): send(.announce(heads), number, peer)
            case .graft(let head, let peer): send(.graft(head), number, peer)
            case .prune(let scope, let peer): send(.prune(scope), number, peer)
            }
        }
    }

    private mutating func send(_ message: Message, _ from: Int, _ peer: NodeID) {
        guard let to = index[peer], !nodes[to].isDown, !random.chance(loss) else { return }
        let time = now + Int64.random(in: 1...maximumDelay, using: &random)
        flights[time, default: []].append(Flight(to: to, from: from, message: message))
    }

    /// Lets time pass by milliseconds, with a tick of every node each second.
    mutating func advance(by duration: Int64) {
        for _ in 0..<duration {
            now += 1
            for flight in flights.removeValue(forKey: now) ?? [] where !nodes[flight.to].isDown { deliver(flight) }
            guard now % 1_000 == 0 else { continue }
            choose()
            for number in nodes.indices where !nodes[number].isDown {
                perform(nodes[number].overlay.handle(.tick, now: now), on: number)
            }
        }
    }

    private mutating func deliver(_ flight: Flight) {
        let (to, from) = (flight.to, flight.from)
        let sender = nodes[from].id
        switch flight.message {
        case .push(let head):
            nodes[to].received += 1
            if nodes[to].held[head.head.log] ?? 0 >= head.head.size {
                perform(nodes[to].overlay.handle(.duplicate(head.scope, head.head.log, from: sender), now: now), on: to)
            } else {
                nodes[to].held[head.head.log] = head.head.size
                grew(head, to, from)
            }
        case .announce(let heads):
            for head in heads where nodes[to].held[head.head.log] ?? 0 < head.head.size {
                perform(nodes[to].overlay.handle(.announced(head, by: sender), now: now), on: to)
            }
        case .graft(let head):
            perform(nodes[to].overlay.handle(.grafted(head.scope, by: sender), now: now), on: to)
            if let size = nodes[to].held[head.head.log] {
                let whole = ScopedHead(
                    scope: head.scope, head: LogHead(log: head.head.log, size: size, root: .zero))
                send(.push(whole), to, sender)
            }
        case .prune(let scope):
            perform(nodes[to].overlay.handle(.pruned(scope, by: sender), now: now), on: to)
        }
    }
}
