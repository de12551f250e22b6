import HiveAPI
import HiveCore

/// Cuts a list that a service answers whole into pages.
struct ListPage: JSONRecord {
    static let limits = 1...1000

    /// Items of one page; nil for all.
    var limit: Int?
    /// `next` of an earlier page.
    var cursor: String?

    init(reading fields: inout FieldReader) throws {
        limit = try fields.optional("limit")
        cursor = try fields.optional("cursor")
    }

    func write(to fields: inout FieldWriter) {
        fields.putIfPresent("limit", limit)
        fields.putIfPresent("cursor", cursor)
    }

    /// One page of an answer of the form `{"items", "next"}`.
    func cut(_ answer: JSONValue) throws -> JSONValue {
        if let limit, !Self.limits.contains(limit) {
            throw HiveError(
                .invalidInput,
                "`limit` must be from \(Self.limits.lowerBound) to \(Self.limits.upperBound), not \(limit)")
        }
        guard var members = answer.object, let items = members["items"]?.array else { return answer }
        let start = try cursor.map { try Place($0).start(in: items) } ?? 0
        let end = min(items.count, limit.map { start + $0 } ?? items.count)
        members["items"] = .array(Array(items[start..<end]))
        members["next"] = end < items.count ? .string(Place(after: items[end - 1], offset: end).cursor) : .null
        return .object(members)
    }

    /// Where a page begins: behind an item, known by its name where it has one, so that what comes or goes before it
    /// shifts nothing.
    private struct Place {
        let name: String?
        let offset: Int

        init(after item: JSONValue, offset: Int) {
            name = Self.name(of: item)
            self.offset = offset
        }

        init(_ cursor: String) throws {
            guard let bytes = Base64URL.decode(cursor), let value = try? JSONValue(parsing: bytes),
                let offset = value["offset"]?.integer.flatMap(Int.init(exactly:)), offset > 0
            else {
                throw HiveError(.invalidInput, "`\(cursor)` is no cursor", hint: "use `next` of an earlier answer")
            }
            self.offset = offset
            name = value["after"]?.string
        }

        var cursor: String {
            let value: JSONValue = ["after": name.map(JSONValue.string) ?? .null, "offset": .integer(Int64(offset))]
            return Base64URL.encode(value.bytes)
        }

        func start(in items: [JSONValue]) -> Int {
            guard let name, let place = items.firstIndex(where: { Self.name(of: $0) == name }) else {
                return min(offset, items.count)
            }
            return place + 1
        }

        private static func name(of item: JSONValue) -> String? {
            for field in ["id", "dot", "node", "name"] {
                if let name = item[field]?.string { return name }
            }
            return nil
        }
    }
}

extension Route {
    /// The same route, in pages where it is a list that knows none of its own.
    var paged: Route {
        let properties = input.query?.schema["properties"]?.object ?? [:]
        guard !isWrite, output.body?.name.hasPrefix("Page") == true, properties["cursor"] == nil else { return self }
        var route = self
        let own = ListPage.shape.schema["properties"]?.object ?? [:]
        let all = properties.merging(own) { first, _ in first }
        var schema = input.query?.schema.object ?? ["type": "object"]
        schema["properties"] = .object(all)
        route.input.query = JSONShape(schema: .object(schema), sample: input.query?.sample ?? [:])
        let names = own.keys.filter { properties[$0] == nil }
        route.handle = { [handle] call in
            let given = call.query.object ?? [:]
            let page = try ListPage.strict(.object(given.filter { names.contains($0.key) }))
            var inner = call
            inner.query = .object(given.filter { !names.contains($0.key) })
            var reply = try await handle(inner)
            guard reply.status == 200, page.limit != nil || page.cursor != nil else { return reply }
            reply.body = try page.cut(try JSONValue(parsing: reply.body)).bytes
            return reply
        }
        return route
    }
}
