import HiveAPI

/// One thing that can be asked for over HTTP: how it is recognised, who may, what goes in and out, and what it does.
/// Matching, permission, reading and the OpenAPI document all work from this one description.
struct Route: Sendable {
    let method: String
    /// `/api/v1/memories/{id}`
    let template: String
    let about: About
    var input: Input
    let output: Output
    var handle: @Sendable (RouteCall) async throws -> HTTPReply
    /// What a request that is made again under its idempotency key is answered with.
    var repetition = Repetition.answer

    /// What people are told about a route.
    struct About: Sendable {
        /// The operation's name: unique.
        let operation: String
        let summary: String
        let access: Access

        init(_ operation: String, _ summary: String, _ access: Access) {
            self.operation = operation
            self.summary = summary
            self.access = access
        }
    }

    /// Which credential a route needs.
    enum Access: Sendable, Hashable {
        case open
        case needs(Caller.Role)

        static let agent = Access.needs(.agent)
        static let `operator` = Access.needs(.operator)
    }

    /// How a write is made once, however often it is asked for under one key.
    enum Repetition: Sendable {
        /// The first answer is kept for a while and given again.
        case answer
        /// What was written is read again, by the id of its document: nothing that may have to be erased is kept.
        case reading(@Sendable (RouteCall, _ document: String) async throws -> HTTPReply)
        /// The route takes the key itself, or does nothing more when it is asked twice.
        case own
    }

    /// Whether it may change something.
    var isWrite: Bool { method != "GET" }

    /// What a route reads besides its path.
    struct Input: Sendable {
        var query: JSONShape?
        var body: NamedShape?
        /// Whether the body may be any JSON, checked further inside.
        var takesAnyBody = false
        /// Headers that mean something here: `If-Match`, `Idempotency-Key`.
        var headers: [String] = []

        static let nothing = Input()

        static func query<Q: JSONRecord>(_ type: Q.Type, headers: [String] = []) -> Input {
            Input(query: Q.shape, headers: headers)
        }

        static func body<B: JSONRecord>(_ type: B.Type, headers: [String] = []) -> Input {
            Input(body: NamedShape(type), headers: headers)
        }
    }

    /// What a route answers when all went well.
    struct Output: Sendable {
        /// Every status that comes with the body; the usual one first.
        let statuses: [Int]
        let type: String
        let body: NamedShape?
        /// Statuses without a body.
        var emptyStatuses: [Int] = []

        static func json<R: JSONRepresentable>(_ type: R.Type, _ statuses: Int...) -> Output {
            Output(
                statuses: statuses.isEmpty ? [200] : statuses, type: "application/json", body: NamedShape(type))
        }

        static func text(_ type: String) -> Output { Output(statuses: [200], type: type, body: nil) }

        /// The same, or this status and nothing.
        func orEmpty(_ status: Int) -> Output {
            Output(statuses: statuses, type: type, body: body, emptyStatuses: emptyStatuses + [status])
        }
    }

    /// A shape with the name that it has in the OpenAPI document.
    struct NamedShape: Sendable {
        let name: String
        let shape: JSONShape

        /// Reads a value as strictly as a request is read: for examples.
        let check: @Sendable (JSONValue) throws -> Void

        init<R: JSONRepresentable>(_ type: R.Type) {
            name = String(describing: type).filter { $0.isLetter || $0.isNumber }
            shape = type.shape
            check = { _ = try R.strict($0) }
        }
    }

    /// The template's parts; those in braces are parameters.
    var parts: [Substring] { template.split(separator: "/") }

    /// The names in braces, in order.
    var parameterNames: [String] { parts.filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) } }
}
