import HiveAPI

/// A node's resources.
struct HiveResources: MCPResourceSource {
    static let memoryPrefix = "hive://memory/"
    static let rulePrefix = "hive://rule/"
    static let memoryTemplate = "hive://memory/{id}"
    static let ruleTemplate = "hive://rule/{name}"

    let services: NodeServices

    var list: [JSONValue] {
        [
            Self.resource("hive://conflicts", "conflicts", "Where concurrent writes disagree."),
            Self.resource("hive://rules/active", "rules", "The rules that decide here."),
            Self.resource("hive://status", "status", "This node in one page."),
        ]
    }

    var templates: [JSONValue] {
        [
            Self.template(Self.memoryTemplate, "memory", "One memory."),
            Self.template(Self.ruleTemplate, "rule", "One rule with its text and history."),
        ]
    }

    private static func resource(_ uri: String, _ name: String, _ description: String) -> JSONValue {
        [
            "uri": .string(uri), "name": .string(name), "description": .string(description),
            "mimeType": "application/json",
        ]
    }

    private static func template(_ uri: String, _ name: String, _ description: String) -> JSONValue {
        [
            "uriTemplate": .string(uri), "name": .string(name), "description": .string(description),
            "mimeType": "application/json",
        ]
    }

    // MARK: Reading

    func read(_ uri: String, _ call: MCPCall) async throws -> [JSONValue] {
        let text = try await value(uri, call).text
        return [["uri": .string(uri), "mimeType": "application/json", "text": .string(text)]]
    }

    private func value(_ uri: String, _ call: MCPCall) async throws -> JSONValue {
        let caller = call.caller
        switch uri {
        case "hive://status": return try await services.status.status(as: caller).json
        case "hive://conflicts": return try await services.conflicts.conflicts(as: caller).json
        case "hive://rules/active":
            let rules = try await services.rules.rules(as: caller)
            return Page(items: rules.items.filter(\.enabled), next: rules.next).json
        default: break
        }
        do {
            if let id = Self.rest(of: uri, after: Self.memoryPrefix) {
                return try await services.memories.memory(id, as: caller).json
            }
            if let name = Self.rest(of: uri, after: Self.rulePrefix) {
                return try await services.rules.rule(name, as: caller).json
            }
        } catch let error as HiveError
            where [.notFound, .forgotten, .erased, .expired, .ambiguous, .invalidInput].contains(error.code)
        {
            throw MCPFailure.missingResource(uri, error.message)
        }
        throw MCPFailure.missingResource(uri, "there is no resource `\(uri)`")
    }

    static func rest(of uri: String, after prefix: String) -> String? {
        guard uri.hasPrefix(prefix), uri.count > prefix.count else { return nil }
        return String(uri.dropFirst(prefix.count))
    }

    // MARK: Completing

    func complete(
        _ template: String, _ variable: String, _ value: String, _ call: MCPCall
    ) async throws -> [String]? {
        switch (template, variable) {
        case (Self.memoryTemplate, "id"): return try await memories(value, call)
        case (Self.ruleTemplate, "name"):
            return try await services.rules.rules(as: call.caller).items.map(\.name).filter { $0.hasPrefix(value) }
        default: return nil
        }
    }

    /// Ids that begin as typed, the newest memories first; or those of the memories that the typed words find.
    private func memories(_ typed: String, _ call: MCPCall) async throws -> [String] {
        let recent = try await services.memories.search(MemoryQuery(limit: 1000), as: call.caller)
        let ids = recent.items.map(\.memory.id).filter { $0.hasPrefix(typed) }
        guard ids.isEmpty, !typed.isEmpty else { return ids }
        return try await services.memories.search(MemoryQuery(q: typed, limit: 20), as: call.caller).items
            .map(\.memory.id)
    }

    // MARK: Changing

    func changes(_ call: MCPCall) async throws -> any MCPResourceChanges {
        let conflicts = try await services.conflicts.conflicts(as: call.caller)
        return HiveResourceChanges(contested: Set(conflicts.items.map(\.memory)))
    }
}

/// Which resources of a node an event changes.
struct HiveResourceChanges: MCPResourceChanges {
    /// Memories that are on the list of conflicts, as far as was seen.
    var contested: Set<String>

    mutating func changed(by event: HiveEvent, among uris: [String]) -> [String] {
        switch event.topic {
        case "memory":
            guard let id = event.data["id"]?.string else { return [] }
            let isOnList = event.data["contested"] == true
            let was = isOnList ? contested.insert(id).inserted == false : contested.remove(id) != nil
            return uris.filter { uri in
                if uri == "hive://conflicts" { return isOnList || was }
                // An id may be given short.
                return HiveResources.rest(of: uri, after: HiveResources.memoryPrefix).map(id.hasPrefix) ?? false
            }
        case "rules":
            return uris.filter {
                $0 == "hive://rules/active" || $0 == "hive://status" || $0.hasPrefix(HiveResources.rulePrefix)
            }
        case "members": return uris.filter { $0 == "hive://status" }
        default: return []
        }
    }
}
