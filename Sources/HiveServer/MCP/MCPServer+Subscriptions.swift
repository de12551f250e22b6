import HiveAPI
import ServiceLifecycle

extension MCPServer {
    /// How many resources one subscription may name.
    static let mostResources = 256

    /// Holds its request open and sends what changes, until the client closes the stream or the server shuts down.
    func listen(_ call: MCPCall) async throws -> [String: JSONValue] {
        guard let output = call.exchange.output else {
            throw MCPFailure(
                .invalidRequest, "a subscription needs a stream: send `Accept: text/event-stream`", httpStatus: 406)
        }
        let filter = try SubscriptionFilter(call.message.parameters["notifications"])
        let owner = call.caller.credential ?? ""
        guard subscriptions.enter(owner) else {
            throw MCPFailure(.internalError, "there are too many subscriptions already", httpStatus: 503)
        }
        defer { subscriptions.leave(owner) }
        // From here on nothing is missed: events wait while the acknowledgement is on its way.
        let events = features.events.events(topics: [])
        var changes = try await features.resources.changes(call)
        let meta: JSONValue = [MCPMessage.subscriptionKey: call.id]
        func send(_ method: String, _ parameters: [String: JSONValue] = [:]) -> Bool {
            output(MCPMessage.notification(method, parameters.merging(["_meta": meta]) { _, meta in meta }))
        }
        var keepsUp = send("notifications/subscriptions/acknowledged", ["notifications": filter.json])
        for await event in events.cancelOnGracefulShutdown() {
            guard keepsUp else { break }
            for list in filter.lists where "mcp.\(list)-changed" == event.type {
                keepsUp = send("notifications/\(list)/list_changed") && keepsUp
            }
            for uri in changes.changed(by: event, among: filter.resources) {
                keepsUp = send("notifications/resources/updated", ["uri": .string(uri)]) && keepsUp
            }
        }
        return ["_meta": meta]
    }

    /// What a subscription asks for.
    struct SubscriptionFilter: Sendable {
        /// Kinds of lists: `tools`, `prompts`, `resources`.
        let lists: [String]
        let resources: [String]

        /// Throws an `MCPFailure` for anything that is no filter.
        init(_ json: JSONValue?) throws {
            guard let members = json?.object else {
                throw MCPFailure(.invalidParameters, "`params.notifications` must be an object")
            }
            lists = try ["tools", "prompts", "resources"].filter { list in
                switch members["\(list)ListChanged"] {
                case nil, .null?: return false
                case .bool(let isWanted)?: return isWanted
                default: throw MCPFailure(.invalidParameters, "`\(list)ListChanged` must be true or false")
                }
            }
            let given = members["resourceSubscriptions"]
            guard given == nil || given == .null || given?.array?.allSatisfy({ $0.string != nil }) == true else {
                throw MCPFailure(.invalidParameters, "`resourceSubscriptions` must be an array of addresses")
            }
            resources = (given?.array ?? []).compactMap(\.string)
            guard resources.count <= MCPServer.mostResources else {
                throw MCPFailure(
                    .invalidParameters, "a subscription names at most \(MCPServer.mostResources) resources")
            }
        }

        var json: JSONValue {
            var members = Dictionary(uniqueKeysWithValues: lists.map { ("\($0)ListChanged", JSONValue.bool(true)) })
            if !resources.isEmpty { members["resourceSubscriptions"] = .array(resources.map(JSONValue.string)) }
            return .object(members)
        }
    }
}
