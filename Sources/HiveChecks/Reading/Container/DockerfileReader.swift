import HiveCEL

/// What the image of a Dockerfile's last stage will be like.
enum DockerfileReader {
    static let kind = "dockerfile"

    private struct Stage {
        var base: String
        var name: String?
        var user: (text: String, line: Int)?
        var health: Value?
        var variables: [String: String] = [:]
        var ports: [String] = []
        /// `exec` where the program is started as it is, `shell` where a shell starts it.
        var entry: String?
        var hasEntrypoint = false
    }

    static func manifest(_ text: String, path: String) throws(ReadingProblem) -> Manifest {
        let file = try Dockerfile(text, path: path)
        var stages: [Stage] = []
        var global: [String: String] = [:]
        for instruction in file.instructions {
            if instruction.name == "FROM" {
                stages.append(stage(expanded(instruction.text, global), after: stages))
            } else if stages.isEmpty {
                if instruction.name == "ARG" { global.merge(assignments(instruction.text)) { $1 } }
            } else {
                apply(instruction, to: &stages[stages.count - 1], global)
            }
        }
        var facts = Facts()
        facts.set("stages", Int64(stages.count))
        facts.set("instructions", texts: file.instructions.map(\.name))
        if let last = stages.last {
            facts.set("base", last.base)
            facts.set("user", last.user?.text)
            facts.set("health", last.health)
            facts.set("entry", last.entry)
            facts.set("exposed", texts: last.ports)
        }
        let line = stages.last?.user?.line ?? file.instructions.last { $0.name == "FROM" }?.line ?? 1
        return Manifest(
            kind: kind, path: path, name: String(SourceFile(path: path, bytes: []).name), line: line,
            facts: facts.values)
    }

    /// A stage that goes on from another takes over its user and its health check.
    private static func stage(_ text: String, after stages: [Stage]) -> Stage {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init).filter { !$0.hasPrefix("--") }
        let base = words.first ?? ""
        let name = words.count == 3 && words[1].uppercased() == "AS" ? words[2] : nil
        guard var inherited = stages.last(where: { $0.name?.lowercased() == base.lowercased() }) else {
            return Stage(base: base, name: name)
        }
        inherited.name = name
        return inherited
    }

    private static func apply(
        _ instruction: Dockerfile.Instruction, to stage: inout Stage, _ global: [String: String]
    ) {
        switch instruction.name {
        case "USER": stage.user = (expanded(instruction.text, stage.variables), instruction.line)
        case "HEALTHCHECK": stage.health = health(instruction.text)
        case "ENTRYPOINT", "CMD":
            // What CMD says are the arguments of an ENTRYPOINT.
            guard instruction.name == "ENTRYPOINT" || !stage.hasEntrypoint else { break }
            stage.hasEntrypoint = instruction.name == "ENTRYPOINT"
            let isDirect = instruction.text.hasPrefix("[") || instruction.text.hasPrefix("exec ")
            stage.entry = isDirect ? "exec" : "shell"
        case "ENV", "ARG":
            for (name, value) in assignments(instruction.text) {
                let known = instruction.name == "ARG" && value.isEmpty ? global[name] ?? "" : value
                stage.variables[name] = expanded(known, stage.variables)
            }
        case "EXPOSE": stage.ports += instruction.text.split(whereSeparator: \.isWhitespace).map(String.init)
        default: break
        }
    }

    /// `NAME=value NAME="other value"`, `NAME`, and the old `NAME value`.
    private static func assignments(_ text: String) -> [String: String] {
        let words = words(of: text)
        guard let first = words.first else { return [:] }
        if !first.contains("="), words.count > 1 { return [first: words.dropFirst().joined(separator: " ")] }
        var values: [String: String] = [:]
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            values[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
        }
        return values
    }

    /// Words, with quotes taken off.
    private static func words(of text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var quote: Character?
        for character in text {
            if character == quote {
                quote = nil
            } else if quote == nil, character == "\"" || character == "'" {
                quote = character
            } else if quote == nil, character.isWhitespace {
                if !word.isEmpty { words.append(word) }
                word = ""
            } else {
                word.append(character)
            }
        }
        return word.isEmpty ? words : words + [word]
    }

    /// `$NAME`, `${NAME}` and `${NAME:-default}` with what is known.
    private static func expanded(_ text: String, _ variables: [String: String]) -> String {
        var result = ""
        var rest = text[...]
        while let dollar = rest.firstIndex(of: "$") {
            result += rest[..<dollar]
            rest = rest[rest.index(after: dollar)...]
            let isBraced = rest.first == "{"
            if isBraced { rest = rest.dropFirst() }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest[name.endIndex...]
            var fallback: Substring = ""
            if isBraced {
                let body = rest.prefix { $0 != "}" }
                if body.hasPrefix(":-") { fallback = body.dropFirst(2) }
                rest = rest[body.endIndex...].dropFirst()
            }
            result += variables[String(name)].flatMap { $0.isEmpty ? nil : $0 } ?? String(fallback)
        }
        return result + rest
    }

    /// Nil for `NONE`; what is left out has Docker's defaults.
    private static func health(_ text: String) -> Value? {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        var options: [String: String] = [:]
        var place = 0
        while place < words.count, words[place].hasPrefix("--") {
            let parts = words[place].dropFirst(2).split(separator: "=", maxSplits: 1)
            if parts.count == 2 { options[String(parts[0])] = String(parts[1]) }
            place += 1
        }
        guard place < words.count, words[place].uppercased() == "CMD" else { return nil }
        func seconds(_ name: String) -> Double? { Quantity.seconds(options[name].map { Tree(.text($0), line: 1) }) }
        return ComposeHealth.value(
            command: words[(place + 1)...].joined(separator: " "), interval: seconds("interval") ?? 30,
            timeout: seconds("timeout") ?? 30, retries: options["retries"].flatMap(Double.init) ?? 3)
    }
}
