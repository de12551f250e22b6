import HiveAPI

extension RESTInterface {
    static func keyRoutes(_ services: NodeServices) -> [Route] {
        let keys = services.keys
        return [
            Route(
                method: "GET", template: "/api/v1/keys",
                about: .init("keyStatus", "How the store is encrypted at rest.", .operator),
                input: .nothing, output: .json(KeyStatus.self)
            ) { call in .json(try await keys.keyStatus(as: call.caller).json) },
            Route(
                method: "POST", template: "/api/v1/keys/rotate",
                about: .init(
                    "rotateKeys", "Put new keys in force; everything is sealed anew behind the answer.", .operator),
                input: .body(Switch.Nothing.self), output: .json(KeyStatus.self, 202)
            ) { call in
                _ = try call.body(as: Switch.Nothing.self)
                return .json(try await keys.rotateKeys(as: call.caller).json, status: 202)
            },
            Route(
                method: "POST", template: "/api/v1/keys/open",
                about: .init("openLines", "Open sealed lines of this node's journals.", .operator),
                input: .body(SealedLines.self), output: .json(OpenedLines.self)
            ) { call in
                let request = try call.body(as: SealedLines.self)
                guard request.lines.count <= SealedLines.limit else {
                    throw HiveError(.tooLarge, "at most \(SealedLines.limit) lines are opened at once")
                }
                return .json(try await keys.openLines(request, as: call.caller).json)
            },
        ]
    }
}
