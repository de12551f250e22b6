import HiveAPI

/// A whole HTTP answer as a value.
struct HTTPReply: Sendable {
    var status: Int
    var headers: [(name: String, value: String)]
    var body: [UInt8]
    /// What follows the body, made while it is sent; an answer that breaks off is cut short.
    var stream: (any AsyncSequence<[UInt8], any Error> & Sendable)?
    /// Whether the stream goes on until the client leaves, and must end then.
    var endsWithClient = false

    init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    static func json(
        _ value: JSONValue, status: Int = 200, headers: [(name: String, value: String)] = []
    ) -> HTTPReply {
        HTTPReply(
            status: status, headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")] + headers,
            body: value.bytes)
    }

    static func text(_ text: String, type: String, headers: [(name: String, value: String)] = []) -> HTTPReply {
        HTTPReply(status: 200, headers: [("Content-Type", type)] + headers, body: Array(text.utf8))
    }

    /// Problem details (RFC 9457) with the error's code and hint.
    static func problem(_ error: HiveError, headers: [(name: String, value: String)] = []) -> HTTPReply {
        var problem: [String: JSONValue] = [
            "type": "about:blank", "title": .string(title(error.httpStatus)),
            "status": .integer(Int64(error.httpStatus)), "detail": .string(error.message),
            "code": .string(error.code.name),
        ]
        if let hint = error.hint { problem["hint"] = .string(hint) }
        if let seconds = error.retryAfter { problem["retryAfter"] = .integer(Int64(seconds)) }
        var all = [(name: "Content-Type", value: "application/problem+json"), ("Cache-Control", "no-store")]
        if error.code == .unauthenticated { all.append(("WWW-Authenticate", "Bearer realm=\"hive\"")) }
        if let seconds = error.retryAfter { all.append(("Retry-After", String(seconds))) }
        return HTTPReply(status: error.httpStatus, headers: all + headers, body: JSONValue.object(problem).bytes)
    }

    private static func title(_ status: Int) -> String { titles[status] ?? "Error" }

    private static let titles: [Int: String] = [
        400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 412: "Precondition Failed",
        413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type", 422: "Unprocessable Content",
        426: "Upgrade Required",
        429: "Too Many Requests", 431: "Request Header Fields Too Large", 500: "Internal Server Error",
        501: "Not Implemented", 502: "Bad Gateway",
        503: "Service Unavailable", 504: "Gateway Timeout", 507: "Insufficient Storage",
    ]
}
