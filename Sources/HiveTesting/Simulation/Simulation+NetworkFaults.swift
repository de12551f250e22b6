import HiveCore
import HiveSync

/// What goes wrong between nodes.
extension Simulation {
    /// Something about the network changes, perhaps. False for faults of other things.
    func strikeNetwork(_ fault: Fault) throws -> Bool {
        let all = 0..<nodes.count
        switch fault {
        case .symmetricPartition, .isolation, .bridgePartition, .ringPartition, .asymmetricPartition:
            if weather.blocked.isEmpty { partition(fault, all) } else { weather.blocked = [] }
        case .clog:
            weather.clogged[link(fault)] = now + number(1_000...5_000, fault)
        case .swizzleClog:
            for (place, node) in shuffled(all, fault).prefix(1 + nodes.count / 2).enumerated() {
                for peer in all where peer != node {
                    let until = now + Int64(place) * 300 + number(500...4_000, fault)
                    weather.clogged[.init(from: node, to: peer)] = until
                    weather.clogged[.init(from: peer, to: node)] = until
                }
            }
        case .flapping:
            let link = link(fault)
            if weather.flapping.count > 2 { weather.flapping = [:] }
            weather.flapping[link] = number(100...60_000, fault)
        case .slowPeer:
            let delay = number(500...5_000, fault)
            weather.slow = weather.slow.isEmpty ? [pick(fault): delay] : [:]
        case .halfOpen: nodes[pick(fault)].closeSession(with: pick(fault))
        case .reconnectStorm: for index in all { dropSessions(of: index) }
        default: return false
        }
        return true
    }

    private func partition(_ fault: Fault, _ all: Range<Int>) {
        let order = shuffled(all, fault)
        let half = order.count / 2
        switch fault {
        case .isolation: weather.divide(all, into: [Set(order.prefix(1)), Set(order.dropFirst())])
        case .bridgePartition: weather.divide(all, into: [Set(order.prefix(half + 1)), Set(order.suffix(from: half))])
        case .ringPartition:
            let pairs = order.indices.map { Set([order[$0], order[($0 + 1) % order.count]]) }
            weather.divide(all, into: pairs)
        case .asymmetricPartition:
            for _ in 0..<nodes.count { weather.blocked.insert(link(fault)) }
        default: weather.divide(all, into: [Set(order.prefix(half)), Set(order.suffix(from: half))])
        }
    }

    private func link(_ fault: Fault) -> Weather.Link {
        let order = shuffled(0..<nodes.count, fault)
        return .init(from: order[0], to: order[1])
    }
}

/// Chance, for each fault its own: without one of them, all others go on as before.
extension Simulation {
    func number(_ range: ClosedRange<Int64>, _ fault: Fault) -> Int64 {
        Int64.random(in: range, using: &chances[fault, default: Plan.random(seed, fault)])
    }

    /// A node.
    func pick(_ fault: Fault) -> Int { Int(number(0...Int64(nodes.count - 1), fault)) }

    func happens(_ percent: Int, _ fault: Fault) -> Bool { number(0...99, fault) < percent }

    func shuffled(_ range: Range<Int>, _ fault: Fault) -> [Int] {
        range.shuffled(using: &chances[fault, default: Plan.random(seed, fault)])
    }
}
