/// Programs that run a text as a shell would.
enum ShellTexts {
    /// A text with the variables that it is given.
    struct Inner {
        let text: String
        var variables: [String: String] = [:]
    }

    private static let shells: Set<String> = ["bash", "sh", "zsh", "dash", "ksh", "ash", "fish", "rbash", "mksh"]

    /// `fed` is what a here document or the command before a pipe gives to read.
    static func inside(_ program: String, _ arguments: [String], fed: String?) -> [Inner] {
        if shells.contains(program) { return inShell(arguments, fed: fed) }
        switch program {
        case "eval": return [Inner(text: arguments.joined(separator: " "))]
        case "watch":
            let rest = ShellWrappers.afterOptions(arguments, ["-n", "--interval"])
            return [Inner(text: rest.joined(separator: " "))]
        case "ssh":
            let rest = ShellWrappers.afterOptions(
                arguments,
                [
                    "-b", "-c", "-D", "-E", "-e", "-F", "-I", "-i", "-J", "-L", "-l", "-m", "-O", "-o", "-p", "-R",
                    "-W", "-w",
                ])
            return [Inner(text: rest.dropFirst().joined(separator: " "))]
        case "su", "runuser", "script", "flock", "tmux", "screen": return option(arguments, ["-c", "--command"])
        case "env": return option(arguments, ["-S", "--split-string"])
        case "trap":
            return arguments.first(where: { !$0.hasPrefix("-") }).map { [Inner(text: $0)] } ?? []
        case "alias": return arguments.compactMap { ShellWords.assignment($0).map { Inner(text: $0.value) } }
        default: return []
        }
    }

    /// `sh -c text name arguments…`, and what a shell without a script reads.
    private static func inShell(_ arguments: [String], fed: String?) -> [Inner] {
        var rest = arguments[...]
        var takesText = false
        while let word = rest.first, word.hasPrefix("-") || word.hasPrefix("+"), word.count > 1 {
            rest = rest.dropFirst()
            if word == "--" { break }
            if ["--rcfile", "--init-file"].contains(word) { rest = rest.dropFirst() }
            guard !word.hasPrefix("--") else { continue }
            if word.hasPrefix("-"), word.contains("c") { takesText = true }
            if word.last == "o" || word.last == "O" { rest = rest.dropFirst() }
        }
        if takesText, let text = rest.first {
            let given = Array(rest.dropFirst())
            var variables = ["@": given.dropFirst().joined(separator: " ")]
            for (place, value) in given.enumerated() { variables["\(place)"] = value }
            return [Inner(text: text, variables: variables)]
        }
        let reads = rest.isEmpty || arguments.contains("-s") || ["-", "/dev/stdin"].contains(rest.first)
        return reads ? fed.map { [Inner(text: $0)] } ?? [] : []
    }

    /// The value of an option, in the next word or behind an equals sign.
    private static func option(_ arguments: [String], _ names: [String]) -> [Inner] {
        for (place, word) in arguments.enumerated() {
            for name in names {
                if word.hasPrefix("--"), word.hasPrefix(name + "=") {
                    return [Inner(text: String(word.dropFirst(name.count + 1)))]
                }
                if word == name, place + 1 < arguments.count { return [Inner(text: arguments[place + 1])] }
                if name.count == 2, !word.hasPrefix("--"), word.hasPrefix(name) {
                    return [Inner(text: String(word.dropFirst(2)))]
                }
            }
        }
        return []
    }
}
