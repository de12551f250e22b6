import HiveAPI

/// A request that has passed the gate and been matched to a route.
struct RouteCall: Sendable {
    let caller: Caller
    /// The values of the template's parameters, in order.
    let parameters: [String]
    /// The query as an object, values in the types of the route's query shape.
    var query: JSONValue
    /// The body; an empty object where there was none.
    let body: JSONValue
    let http: HTTPCall

    /// The first parameter of the path.
    var id: String { parameters.first ?? "" }

    func query<Q: JSONRecord>(as type: Q.Type) throws -> Q { try Q.strict(query) }
    func body<B: JSONRecord>(as type: B.Type) throws -> B { try B.strict(body) }

    /// The version in `If-Match`, without its quotes; nil where there is none or any will do.
    func ifMatch() throws -> String? {
        guard let value = http.header("if-match"), value != "*" else { return nil }
        guard !value.hasPrefix("W/") else {
            throw HiveError(.staleVersion, "a weak `If-Match` never holds", hint: "send the ETag of the thing itself")
        }
        let version = value.dropFirst().dropLast()
        guard !version.isEmpty, value.hasPrefix("\""), value.hasSuffix("\""), !version.contains("\"") else {
            throw HiveError(
                .invalidInput, "`If-Match` must hold one version in quotes, not `\(value)`",
                hint: "send the ETag that came with the memory")
        }
        return String(version)
    }

    /// The key under which a repeated write is recognised.
    func idempotencyKey() throws -> String? {
        guard let key = http.header("idempotency-key") else { return nil }
        guard !key.isEmpty, key.utf8.count <= 255 else {
            throw HiveError(.invalidInput, "`Idempotency-Key` must have 1 to 255 bytes, not \(key.utf8.count)")
        }
        return key
    }
}
