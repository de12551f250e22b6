/// Something that a person asks of an agent by name: a prompt over MCP, a slash command in a client.
public struct CommandTemplate: Sendable, Hashable {
    /// Letters, digits and hyphens; a file's name and a prompt's.
    public let name: String
    public let title: String
    /// One sentence for lists.
    public let summary: String
    public let arguments: [Argument]
    /// What the agent is told. `{name}` stands for an argument.
    public let template: String

    /// A word or sentence that the person adds.
    public struct Argument: Sendable, Hashable {
        public let name: String
        public let summary: String
        public let isRequired: Bool

        public init(_ name: String, _ summary: String, isRequired: Bool = false) {
            self.name = name
            self.summary = summary
            self.isRequired = isRequired
        }
    }

    public init(name: String, title: String, summary: String, arguments: [Argument] = [], template: String) {
        self.name = name
        self.title = title
        self.summary = summary
        self.arguments = arguments
        self.template = template
    }

    /// What the agent is told. A line that needs an argument which was not given is left out; what stands in an argument
    /// is never read as a placeholder.
    public func text(_ values: [String: String]) -> String {
        template.split(separator: "\n", omittingEmptySubsequences: false)
            .compactMap { Self.filled($0, arguments.map(\.name), values) }
            .joined(separator: "\n")
    }

    /// For clients that hand over all that was typed as one text, such as `$ARGUMENTS`: it stands for the first argument.
    public func text(typed placeholder: String) -> String {
        text(arguments.first.map { [$0.name: placeholder] } ?? [:])
    }

    /// Nil where a value is missing.
    private static func filled(_ line: Substring, _ names: [String], _ values: [String: String]) -> String? {
        var output = ""
        var rest = line
        while let open = rest.firstIndex(of: "{") {
            output += rest[..<open]
            let inside = rest[rest.index(after: open)...]
            guard let close = inside.firstIndex(of: "}"), names.contains(String(inside[..<close])) else {
                output.append("{")
                rest = inside
                continue
            }
            guard let value = values[String(inside[..<close])] else { return nil }
            output += value
            rest = inside[inside.index(after: close)...]
        }
        return output + rest
    }
}
