import HiveAPI
import HiveServer

/// Tools that ask the client before they answer.
extension FixtureFeatures {
    static let nameForm = MCPQuestion.form(
        "What is your name?", ["name": ["type": "string"]], required: ["name"])

    private static let capital = MCPQuestion(
        .sampling,
        [
            "messages": [["role": "user", "content": text("What is the capital of France?")]], "maxTokens": 100,
        ])

    var inputTools: [MCPTool] {
        [
            asking("test_input_required_result_elicitation") { arguments in
                let answer = MCPFormAnswer(try arguments.exchange.ask("user_name", Self.nameForm)).content
                return answer.map { "Hello, \($0["name"]?.string ?? "")!" } ?? "Hello, stranger!"
            },
            asking("test_input_required_result_sampling") { arguments in
                let answer = try arguments.exchange.ask("capital_question", Self.capital)
                return answer["content"]?["text"]?.string ?? "no answer"
            },
            asking("test_input_required_result_list_roots") { arguments in
                let answer = try arguments.exchange.ask("client_roots", MCPQuestion(.roots))
                return (answer["roots"]?.array ?? []).compactMap { $0["uri"]?.string }.joined(separator: " ")
            },
            asking("test_input_required_result_multiple_inputs") { arguments in
                let answers = try arguments.exchange.ask([
                    "user_name": Self.nameForm, "capital_question": Self.capital, "client_roots": MCPQuestion(.roots),
                ])
                return answers.keys.sorted().joined(separator: " ")
            },
            asking("test_input_required_result_multi_round") { arguments in
                let first = MCPFormAnswer(try arguments.exchange.ask("step1", Self.nameForm)).content
                let second = MCPFormAnswer(
                    try arguments.exchange.ask(
                        "step2", .form("Which colour?", ["color": ["type": "string"]], required: ["color"]))
                ).content
                return "\(first?["name"]?.string ?? "") likes \(second?["color"]?.string ?? "")"
            },
            asking("test_input_required_result_capabilities") { arguments in
                // Asks only what the client can answer.
                var questions: [String: MCPQuestion] = [:]
                if arguments.exchange.canAsk(.elicitation) { questions["user_name"] = Self.nameForm }
                if arguments.exchange.canAsk(.sampling) { questions["capital_question"] = Self.capital }
                guard !questions.isEmpty else { return "nobody to ask" }
                return try arguments.exchange.ask(questions).keys.sorted().joined(separator: " ")
            },
            asking("test_missing_capability") { arguments in
                _ = try arguments.exchange.ask("capital_question", Self.capital)
                return "answered"
            },
        ]
    }

    private func asking(
        _ name: String, _ answer: @escaping @Sendable (inout ToolArguments) throws -> String
    ) -> MCPTool {
        MCPTool.answering(
            name: name, description: "Asks before it answers.",
            input: ToolSchema(["note": ToolSchema.text("Anything")])
        ) { arguments in
            let _: String? = try arguments.optional("note")
            return .content([Self.text(try answer(&arguments))])
        }
    }
}
