/// What only the agent's machine knows of an event: where it happens, what its paths lead to, how the conversation's
/// record ends.
struct EventPlace {
    let tree: WorkTree
    let links: PathLinks
    let tail: [UInt8]?

    /// The event with all of that as its first member, `hive`: what the client sent stays as it is.
    func spliced(into event: [UInt8], isEmpty: Bool) -> [UInt8] {
        guard let brace = event.firstIndex(of: UInt8(ascii: "{")) else { return event }
        var output = Array(event[...brace]) + Array("\"hive\":{".utf8)
        let texts = [
            ("root", tree.root), ("branch", tree.branch), ("repository", tree.repository),
            ("tail", tail.map { String(decoding: $0, as: UTF8.self) }),
        ]
        for (name, text) in texts {
            guard let text else { continue }
            Self.begin(name, &output)
            JSONMembers.write(text, to: &output)
        }
        Self.begin("roots", &output)
        output.append(UInt8(ascii: "["))
        for (index, root) in links.roots.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            JSONMembers.write(root, to: &output)
        }
        output.append(UInt8(ascii: "]"))
        Self.begin("real", &output)
        output.append(UInt8(ascii: "{"))
        for (given, path) in links.real {
            Self.begin(given, &output)
            JSONMembers.write(path, to: &output)
        }
        output += Array("}}".utf8)
        if !isEmpty { output.append(UInt8(ascii: ",")) }
        return output + event[(brace + 1)...]
    }

    private static func begin(_ name: String, _ output: inout [UInt8]) {
        if output.last != UInt8(ascii: "{") { output.append(UInt8(ascii: ",")) }
        JSONMembers.write(name, to: &output)
        output.append(UInt8(ascii: ":"))
    }
}
