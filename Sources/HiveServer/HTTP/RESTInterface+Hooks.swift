import HiveAPI

extension RESTInterface {
    static func hookRoutes(_ hooks: (any HookService)?) -> [Route] {
        [
            Route(
                method: "POST", template: "/hooks/{client}",
                about: .init(
                    "answerHook",
                    "What a client of agents (claude-code, codex, gemini) is to do about an event of its hooks, in the "
                        + "client's own contract.", .agent),
                input: Route.Input(takesAnyBody: true), output: .json(JSONValue.self).orEmpty(204)
            ) { call in
                guard let hooks else {
                    throw HiveError(.notSupported, "this node answers no hooks", hint: "ask the one beside the agent")
                }
                let answer = try await hooks.answer(call.body, from: call.id, as: call.caller)
                return answer.map { HTTPReply.json($0) } ?? HTTPReply(status: 204)
            }
        ]
    }
}
