/// A node, spoken to over HTTP. Everything that the node can do for its callers, with the same errors.
///
/// The role of the caller is that of the token; an agent's name is passed on.
public struct HiveClient: Sendable {
    public let location: NodeLocation
    /// How long one request may take.
    public let timeoutSeconds: Int

    public init(_ location: NodeLocation, timeoutSeconds: Int = 60) {
        self.location = location
        self.timeoutSeconds = timeoutSeconds
    }

    /// One request; the answer as read, for callers that know more routes than this client.
    public func send(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], body: JSONValue? = nil,
        headers: [(name: String, value: String)] = [], as caller: Caller
    ) async throws -> JSONValue {
        let exchange = HTTPExchange(
            method: method, url: location.api + path + PercentEncoding.query(query),
            headers: commonHeaders(caller, hasBody: body != nil) + headers, body: body?.bytes,
            timeoutSeconds: timeoutSeconds,
            certificates: location.certificates)
        let answer = try await exchange.run()
        guard (200..<300).contains(answer.status) else { throw Self.error(answer) }
        return answer.body.isEmpty ? .null : try JSONValue(parsing: answer.body)
    }

    /// One request whose answer comes piece by piece, however long that takes.
    func stream(
        _ method: String, _ path: String, query: [(name: String, value: String)] = [], as caller: Caller
    ) async throws -> HTTPExchange.Streaming {
        try await HTTPExchange(
            method: method, url: location.api + path + PercentEncoding.query(query),
            headers: commonHeaders(caller, hasBody: false), body: nil, timeoutSeconds: timeoutSeconds,
            certificates: location.certificates
        ).stream()
    }

    func get<T: JSONRepresentable>(
        _ path: String, query: [(name: String, value: String)] = [], as caller: Caller
    ) async throws -> T {
        try T.lenient(try await send("GET", path, query: query, as: caller))
    }

    func post<T: JSONRepresentable>(
        _ path: String, _ body: JSONValue = [:], headers: [(name: String, value: String)] = [], as caller: Caller
    ) async throws -> T {
        try T.lenient(try await send("POST", path, body: body, headers: headers, as: caller))
    }

    private func commonHeaders(_ caller: Caller, hasBody: Bool) -> [(name: String, value: String)] {
        var headers = [(name: "Accept", value: "application/json")]
        if hasBody { headers.append(("Content-Type", "application/json")) }
        if let token = location.token { headers.append(("Authorization", "Bearer \(token)")) }
        if let agent = caller.agent { headers.append(("Hive-Agent", PercentEncoding.encode(agent))) }
        return headers
    }

    /// The error inside an answer; made from the status where something else than a node answered.
    static func error(_ answer: HTTPExchange.Answer) -> HiveError {
        if let problem = try? JSONValue(parsing: answer.body), let code = problem["code"]?.string {
            return HiveError(
                HiveError.Code(code), problem["detail"]?.string ?? problem["title"]?.string ?? "no details",
                hint: problem["hint"]?.string, retryAfter: problem["retryAfter"]?.integer.flatMap(Int.init))
        }
        let code: HiveError.Code =
            switch answer.status {
            case 401: .unauthenticated
            case 403: .forbidden
            case 404: .notFound
            case 503: .unavailable
            default: .internalError
            }
        return HiveError(
            code, "the answer has status \(answer.status) and is not from a node", hint: "check the address")
    }

    static func path(_ parts: String...) -> String {
        parts.map { "/" + PercentEncoding.encode($0) }.joined()
    }
}
