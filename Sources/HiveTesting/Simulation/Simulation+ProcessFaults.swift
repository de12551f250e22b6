import HiveCore
import HiveSync

/// What goes wrong with processes, machines and their clocks.
extension Simulation {
    func strikeProcess(_ fault: Fault) throws -> Bool {
        let index = pick(fault)
        switch fault {
        case .crash: try crash(index)
        case .crashLoop: for _ in 0..<3 { try crash(index) }
        case .powerCut: try cutPower(index)
        case .pause: nodes[index].pausedUntil = now + number(2_000...15_000, fault)
        case .absence:
            let others = nodes.count(where: { $0.absentUntil == nil && $0.index != index })
            guard nodes[index].absentUntil == nil, others > 0 else { return true }
            try crash(index)
            nodes[index].absentUntil = now + number(5_000...90_000, fault)
        case .clockJump: nodes[index].skew += number(-31_536_000_000...31_536_000_000, fault)
        case .clockBackwards: nodes[index].skew -= number(1_000...86_400_000, fault)
        case .unknownMessages:
            // An array whose first element is a number that no message has yet.
            sendBytes([0x82, 0x18, 0xFA, 0x00], from: index, to: pick(fault))
        default: return false
        }
        if [.clockJump, .clockBackwards].contains(fault) { nodes[index].hasJumped = true }
        return true
    }

    func crash(_ index: Int) throws {
        try nodes[index].disk.crash()
        try comeBack(index)
        report.crashes += 1
    }

    func cutPower(_ index: Int) throws {
        try nodes[index].disk.cutPower()
        try comeBack(index)
        report.crashes += 1
    }

    /// The process starts again on what its disk has. What cannot be opened, or lacks what was answered, is only
    /// excused on a disk that lied or lost bits.
    func comeBack(_ index: Int, newLife: Bool = false) throws {
        let node = nodes[index]
        dropSessions(of: index)
        do {
            try node.restart(newLife: newLife, random: &random)
        } catch let error as StoreError {
            guard error.code != .corrupt else {
                guard node.isSuspect else { throw fail("node \(index) cannot open its store: \(error)") }
                return try wipe(index)
            }
            node.disk.heal()  // it failed again while it was opened
            try node.disk.crash()
            try node.restart(newLife: newLife, random: &random)
        }
    }

    /// Those that were away come back, those that stood still go on.
    func wake() throws {
        for node in nodes {
            if let until = node.absentUntil, until <= now { node.absentUntil = nil }
            if let until = node.pausedUntil, until <= now { node.pausedUntil = nil }
        }
    }
}
