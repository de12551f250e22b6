import HiveAPI

/// Cuts lists into pages with cursors that mean nothing to clients.
struct MCPPager: Sendable {
    let size: Int

    /// The page that a request asks for. Throws an `MCPFailure` for a cursor that this server never gave out for this list.
    func page(_ items: [JSONValue], as name: String, _ call: MCPCall) throws -> [String: JSONValue] {
        let start = try start(items.count, name, call.message.parameters["cursor"])
        let end = min(start + size, items.count)
        var result: [String: JSONValue] = [name: .array(Array(items[start..<end]))]
        if end < items.count { result["nextCursor"] = .string(cursor(name, end)) }
        return result
    }

    private func start(_ count: Int, _ name: String, _ cursor: JSONValue?) throws -> Int {
        guard let cursor, cursor != .null else { return 0 }
        let starts = stride(from: size, to: count, by: size)
        guard let text = cursor.string, let start = starts.first(where: { self.cursor(name, $0) == text }) else {
            throw MCPFailure(.invalidParameters, "the cursor \(cursor) was not given out by this server for this list")
        }
        return start
    }

    private func cursor(_ name: String, _ start: Int) -> String { Base64.encode(Array("\(name)/\(start)".utf8)) }
}
