import HiveAPI
import HiveCore

/// Scopes that the configuration names.
extension Node {
    /// What cannot be written because the operator sends it to a scope that this node does not hold; one line for each.
    func unheldScopes(_ lookup: ScopeLookup) -> [String] {
        var places: [(what: String, name: ScopeName)] = []
        for kind in EngramKind.allCases {
            guard case .named(let name) = settings.defaultScopes[kind] else { continue }
            places.append(("\(kind.rawValue) memories", name))
        }
        places.append(("records", settings.recordScope))
        places.append(("tasks", settings.tasks.scope))
        places.append(("agents and messages", settings.agents.scope))
        if let scope = settings.lifecycle.coreScope { places.append(("copies of core knowledge", scope)) }
        // An agent's scope is founded when it is first written to.
        let unheld = places.filter { place in
            place.name.kind != .agent && !lookup.foundings.contains { $0.name == place.name }
        }
        return Dictionary(grouping: unheld, by: \.name).sorted { $0.key < $1.key }.map { name, places in
            let what = places.map(\.what).joined(separator: ", ")
            return "\(what) go to `\(name)`, which this node does not hold: found it, have it granted, or name another"
        }
    }
}
