import HiveCEL

/// What no file tells alone: which services are agents, and what all services need together.
enum PlatformTotals {
    static let kind = "platform.totals"
    static let agentKind = "compose.agent"

    /// The ports of agents where no platform says which they are.
    private static let agentPorts: ClosedRange<Int64> = 10_000...10_599

    static func manifests(from manifests: [Manifest]) -> [Manifest] {
        let services = manifests.filter { $0.kind == "compose.service" }
        let workloads = manifests.filter { $0.kind == KubernetesReader.kind }
        let platform = manifests.first { $0.kind == PlatformReader.kind }
        let agents = services.filter { isAgent($0, ports: ports(of: platform)) }.map { $0.with(kind: agentKind) }
        guard let first = services.first ?? workloads.first else { return agents }
        var facts = Facts()
        var demand = Demand()
        for service in services {
            demand.add(service.name, service.facts, times: service.facts.number("replicas") ?? 1)
        }
        for workload in workloads {
            guard case .list(let containers)? = workload.facts["containers"] else { continue }
            for case .map(let container) in containers {
                demand.add(workload.name, container, times: workload.facts.number("replicas") ?? 1)
            }
        }
        facts.set("services", Double(services.count + workloads.count))
        facts.set("agents", Double(agents.count))
        facts.set("cpus", demand.cpus)
        facts.set("memoryGiB", demand.memory)
        facts.set("unlimited", texts: demand.unlimited.sorted())
        facts.set("collisions", texts: collisions(services))
        facts.set("machineCpus", platform?.facts.number("machineCpus"))
        facts.set("machineMemoryGiB", platform?.facts.number("machineMemoryGiB"))
        facts.set("declaredAgents", platform?.facts.number("agents"))
        return agents + [
            Manifest(kind: kind, path: first.path, name: "all services", line: 1, facts: facts.values)
        ]
    }

    private static func ports(of platform: Manifest?) -> ClosedRange<Int64> {
        guard case .int(let first)? = platform?.facts["firstPort"], case .int(let last)? = platform?.facts["lastPort"]
        else { return agentPorts }
        return first...last
    }

    /// A service that says so, or that publishes a port of agents.
    private static func isAgent(_ service: Manifest, ports: ClosedRange<Int64>) -> Bool {
        if case .map(let environment)? = service.facts["environment"], environment["AGENT_ID"] != nil { return true }
        if case .map(let labels)? = service.facts["labels"], labels["agent.phase"] != nil { return true }
        guard case .list(let published)? = service.facts["ports"] else { return false }
        return published.contains { if case .int(let port) = $0 { ports.contains(port) } else { false } }
    }

    /// Ports that two services of one file want; several files may be alternatives to each other.
    private static func collisions(_ services: [Manifest]) -> [String] {
        var found: [String] = []
        for file in Dictionary(grouping: services, by: \.path).values {
            var ports = PublishedPorts()
            for service in file {
                guard case .list(let bindings)? = service.facts["bindings"] else { continue }
                for case .string(let binding) in bindings {
                    guard let owner = ports.owner(of: binding, claimedBy: service.name) else { continue }
                    found.append("\(binding): \(owner) and \(service.name)")
                }
            }
        }
        return found.sorted()
    }

    /// What services may use together.
    private struct Demand {
        var cpus = 0.0
        var memory = 0.0
        var unlimited: [String] = []

        mutating func add(_ name: String, _ facts: ValueMap, times count: Double) {
            let limits = (facts.number("cpus"), facts.number("memoryGiB"))
            cpus += (limits.0 ?? 0) * count
            memory += (limits.1 ?? 0) * count
            if limits.0 == nil || limits.1 == nil { unlimited.append(name) }
        }
    }
}

extension ValueMap {
    func number(_ name: String) -> Double? {
        switch self[name] {
        case .double(let number)?: number
        case .int(let number)?: Double(number)
        default: nil
        }
    }
}
