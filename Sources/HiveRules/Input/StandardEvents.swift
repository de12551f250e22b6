import HiveCEL

/// The events that agents and gates report, with the fields of each. All of them may carry what an action carries, since
/// an agent's tool is what writes files, commits and sends; the others are of one event alone.
enum StandardEvents {
    /// What an action may come with, whatever it is.
    static let action: [String: CELType] = [
        "tool": .string, "command": .string, "path": .string, "content": .string, "url": .string, "args": .dyn,
    ]

    static let all: [String: [String: CELType]] = own.mapValues { own in action.merging(own) { _, added in added } }

    private static let own: [String: [String: CELType]] = [
        "tool.pre": [:],
        // What the tool answered, and whether it failed.
        "tool.post": ["output": .string, "failed": .bool],
        // `content` is the prompt.
        "prompt.submit": [:],
        "agent.start": ["reason": .string],
        "agent.stop": ["reason": .string],
        // `content` is the message.
        "message.send": ["to": .list(.string)],
        // `content` is the commit's message.
        "commit": ["author": .string, "files": .list(.string)],
        "file.write": [:],
        // `content` is the memory.
        "memory.write": ["kind": .string, "category": .string, "tags": .list(.string)],
        // One thing out of a file: a service, a container image, a declaration. `manifest` holds its facts.
        "manifest.check": ["kind": .string, "name": .string, "line": .int, "manifest": .map(.string, .dyn)],
        "operation": ["name": .string],
    ]
}
