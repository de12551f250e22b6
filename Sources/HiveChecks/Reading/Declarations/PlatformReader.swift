import HiveCEL

/// What a platform says of itself: its machine, its phases and its memory pools, with their totals.
enum PlatformReader {
    static let kind = "platform"

    static func manifest(_ tree: Tree, path: String) -> Manifest {
        var facts = Facts()
        facts.set("machineCpus", Quantity.processors(tree["machine"]?["cpus"]))
        facts.set("machineMemoryGiB", Quantity.memory(tree["machine"]?["memory"]))
        facts.set("agents", Quantity.processors(tree["agents"]))
        facts.set("containers", Quantity.processors(tree["containers"]))
        if let ports = tree["ports"]?.text.flatMap(Quantity.ports) { set(ports, &facts) }
        phases(tree["phases"]?.entries ?? [], &facts)
        pools(tree["pools"]?.entries ?? [], &facts)
        return Manifest(
            kind: kind, path: path, name: tree["name"]?.text ?? "platform", line: tree.line, facts: facts.values)
    }

    private static func set(_ ports: ClosedRange<Int64>, _ facts: inout Facts) {
        facts.set("firstPort", ports.lowerBound)
        facts.set("lastPort", ports.upperBound)
    }

    private static func phases(_ entries: [(key: String, value: Tree)], _ facts: inout Facts) {
        var phases: [Facts] = []
        var totals = Limits()
        var ports: [ClosedRange<Int64>] = []
        for (name, tree) in entries {
            let range = tree["ports"]?.text.flatMap(Quantity.ports)
            if let range { ports.append(range) }
            let own = Limits(tree)
            let agent = Limits(tree["agent"])
            let agents = Quantity.processors(tree["agents"]) ?? range.map { Double($0.count) }
            totals.add(own, times: 1)
            var phase = Facts()
            phase.set("name", name)
            phase.set("cpus", own.cpus)
            phase.set("memoryGiB", own.memory)
            phase.set("agentCpus", agent.cpus)
            phase.set("agentMemoryGiB", agent.memory)
            phase.set("agents", agents)
            if let range { set(range, &phase) }
            if let agents {
                phase.set("neededCpus", agent.cpus.map { $0 * agents })
                phase.set("neededMemoryGiB", agent.memory.map { $0 * agents })
            }
            phases.append(phase)
        }
        facts.set("phases", facts: phases)
        facts.set("phaseCpus", totals.cpus)
        facts.set("phaseMemoryGiB", totals.memory)
        facts.set("phasePorts", texts: PortRanges.texts(of: ports))
    }

    private static func pools(_ entries: [(key: String, value: Tree)], _ facts: inout Facts) {
        var total = 0.0
        let pools = entries.map { name, tree in
            var pool = Facts()
            let size = Quantity.memory(tree["size"])
            total += size ?? 0
            pool.set("name", name)
            pool.set("sizeGiB", size)
            pool.set("maxPerAgentGiB", Quantity.memory(tree["max_per_agent"]))
            pool.set("phase", tree["phase"]?.text)
            pool.set("services", texts: tree["services"]?.texts ?? [])
            return pool
        }
        facts.set("pools", facts: pools)
        // Hundredths are enough for amounts that people write, and keep 12 + 8 + 6 + 2 + 1.38 what it is.
        if !pools.isEmpty { facts.set("poolGiB", (total * 100).rounded() / 100) }
    }

    /// Processors and memory, as far as somebody says them.
    private struct Limits {
        var cpus: Double?
        var memory: Double?

        init() {}

        init(_ tree: Tree?) {
            cpus = Quantity.processors(tree?["cpus"])
            memory = Quantity.memory(tree?["memory"])
        }

        mutating func add(_ other: Limits, times count: Double) {
            if let more = other.cpus { cpus = (cpus ?? 0) + more * count }
            if let more = other.memory { memory = (memory ?? 0) + more * count }
        }
    }
}
