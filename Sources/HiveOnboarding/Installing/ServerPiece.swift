import HiveAPI

/// The entry of Hive's MCP server among a client's servers, in JSON.
struct ServerPiece: OnboardingPiece {
    static let name = "hive"
    private static let servers = ["mcpServers"]

    let path: String
    let part = OnboardingPart.mcp
    let entry: JSONTree

    func state(in bytes: [UInt8]) throws -> OnboardedPlace.State {
        let editor = try JSONEditor(bytes)
        guard let node = editor.outline.node(at: Self.servers + [Self.name]) else { return .missing }
        guard let value = editor.outline.value(of: node)?.object, isOurs(.object(value)) else { return .foreign }
        if value == entry.value.object { return .current }
        let wanted = entry.value.object ?? [:]
        // What an installation elsewhere wrote differs in where hivectl lies and whom it speaks to.
        let others = { (fields: [String: JSONValue]) in fields.filter { $0.key != "command" && $0.key != "args" } }
        return others(value) == others(wanted) ? .outdated : .changed
    }

    func installed(in bytes: [UInt8]?) throws -> [UInt8] {
        guard let bytes else {
            return JSONEditor.file(.members([(Self.servers[0], .members([(Self.name, entry)]))]))
        }
        var editor = try JSONEditor(bytes)
        if let node = editor.outline.node(at: Self.servers + [Self.name]) {
            try editor.replace(node, with: entry, depth: 2)
        } else {
            try editor.insert(Self.name, entry, at: Self.servers)
        }
        return editor.bytes
    }

    func removed(from bytes: [UInt8]) throws -> [UInt8]? {
        var editor = try JSONEditor(bytes)
        guard let node = editor.outline.node(at: Self.servers),
            let index = node.items.lastIndex(where: { $0.name == Self.name }),
            let value = editor.outline.value(of: node.items[index].value), isOurs(value)
        else { return bytes }
        return try editor.remove(index, at: Self.servers) ? nil : editor.bytes
    }

    /// Whether an entry starts the bridge, from wherever.
    private func isOurs(_ value: JSONValue) -> Bool {
        let program = value["command"]?.string?.split(separator: "/").last
        return program == "hivectl" && value["args"]?.array?.first?.string == "mcp"
    }
}
