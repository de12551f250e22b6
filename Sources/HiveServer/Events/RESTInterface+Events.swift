import HiveAPI

extension RESTInterface {
    static func eventRoutes(_ events: any EventService) -> [Route] {
        [
            Route(
                method: "GET", template: "/ws/{machine_id}",
                about: .init("events", "A WebSocket with the node's events as JSON text.", .agent),
                input: .query(EventsQuery.self),
                output: Route.Output(statuses: [], type: "", body: nil, emptyStatuses: [101])
            ) { _ in
                // A proper handshake never gets here: the listener takes it before.
                .problem(
                    HiveError(.upgradeRequired, "this address speaks WebSocket, version 13", hint: "send a handshake"),
                    headers: [("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13")])
            },
            Route(
                method: "GET", template: "/api/v1/events",
                about: .init(
                    "streamEvents", "The node's events as Server-Sent Events, for as long as one listens.", .agent),
                input: .query(EventsQuery.self, headers: ["Last-Event-ID"]), output: .text("text/event-stream")
            ) { call in
                let query = try call.query(as: EventsQuery.self)
                let listener = events.listen(topics: try query.topicList(), after: try query.position(call.http))
                var reply = HTTPReply(
                    status: 200, headers: [("Content-Type", "text/event-stream"), ("Cache-Control", "no-store")])
                reply.stream = EventLines(listener: listener)
                return reply
            },
        ]
    }
}
