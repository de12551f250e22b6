/// Programs whose arguments are another command.
enum ShellWrappers {
    /// How a wrapper's own arguments end.
    private struct Form {
        /// Options that take a value in the next word.
        var valued: Set<String> = []
        /// How many words that are no options stand before the command.
        var operands = 0
    }

    private static let forms: [String: Form] = [
        "sudo": Form(valued: [
            "-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "-U", "-r", "-t", "--user", "--group", "--host", "--prompt",
            "--chdir", "--chroot", "--close-from", "--role", "--type", "--command-timeout", "--other-user",
        ]),
        "doas": Form(valued: ["-u", "-C"]), "pkexec": Form(valued: ["--user"]),
        "env": Form(valued: ["-u", "-C", "-S", "--unset", "--chdir", "--split-string"]),
        "nohup": Form(), "setsid": Form(), "command": Form(), "builtin": Form(), "busybox": Form(), "toybox": Form(),
        "exec": Form(valued: ["-a"]), "nice": Form(valued: ["-n", "--adjustment"]),
        "ionice": Form(valued: ["-c", "-n", "-p", "--class", "--classdata"]),
        "chrt": Form(valued: ["-p"], operands: 1), "taskset": Form(operands: 1),
        "timeout": Form(valued: ["-s", "-k", "--signal", "--kill-after"], operands: 1),
        "time": Form(valued: ["-f", "-o", "--format", "--output"]),
        "stdbuf": Form(valued: ["-i", "-o", "-e", "--input", "--output", "--error"]),
        "strace": Form(valued: ["-o", "-e", "-p", "-s", "-u"]), "ltrace": Form(valued: ["-o", "-e", "-p"]),
        "chroot": Form(operands: 1), "unshare": Form(valued: ["-S", "-G"]),
        "flock": Form(valued: ["-w", "-E"], operands: 1),
        "xargs": Form(valued: [
            "-I", "-n", "-P", "-L", "-d", "-a", "-E", "-s", "--max-args", "--max-procs", "--max-lines", "--delimiter",
            "--arg-file", "--max-chars",
        ]),
        "parallel": Form(valued: ["-j", "--jobs", "-a", "-I", "-n", "-N"]),
        "runuser": Form(valued: ["-u", "-g", "--user", "--group", "-c", "--command"]),
    ]

    /// The commands that a program runs out of its arguments, each as words.
    static func commands(in program: String, _ arguments: [String]) -> [[String]] {
        switch program {
        case "find": return executed(by: arguments)
        case "kubectl", "oc":
            return arguments.first(where: { !$0.hasPrefix("-") }) == "exec" ? behindDashes(arguments) : []
        case "docker", "podman", "nerdctl": return inContainer(withoutGlobalOptions(program, arguments))
        default:
            guard let form = forms[program] else { return [] }
            var rest = afterOptions(arguments, form.valued, skipsAssignments: true)
            rest = rest.dropFirst(form.operands)
            if program == "parallel" { rest = rest.prefix { !$0.hasPrefix(":::") } }
            // `flock file -c 'text'` is for those who look for texts.
            return rest.isEmpty || rest.first?.hasPrefix("-") == true ? [] : [Array(rest)]
        }
    }

    /// What remains behind options; `--` ends them.
    static func afterOptions(
        _ arguments: [String], _ valued: Set<String>, skipsAssignments: Bool = false
    ) -> ArraySlice<String> {
        var rest = arguments[...]
        while let word = rest.first {
            if word == "--" { return rest.dropFirst() }
            if word.hasPrefix("-"), word.count > 1 {
                rest = rest.dropFirst(takesNextWord(word, valued) ? 2 : 1)
            } else if skipsAssignments, ShellWords.assignment(word) != nil {
                rest = rest.dropFirst()
            } else {
                break
            }
        }
        return rest
    }

    /// Whether an option's value is the next word: not for `--user=root` and `-uroot`, but for `-nu root`.
    private static func takesNextWord(_ word: String, _ valued: Set<String>) -> Bool {
        if valued.contains(word) { return true }
        guard !word.hasPrefix("--") else { return false }
        let letters = Array(word.dropFirst())
        guard let first = letters.firstIndex(where: { valued.contains("-\($0)") }) else { return false }
        return first == letters.count - 1
    }

    /// `find … -exec command ;`
    private static func executed(by arguments: [String]) -> [[String]] {
        var found: [[String]] = []
        var rest = arguments[...]
        while let start = rest.firstIndex(where: { ["-exec", "-execdir", "-ok", "-okdir"].contains($0) }) {
            let command = rest[(start + 1)...].prefix { !Bytes.areEqual($0, ";") && !Bytes.areEqual($0, "+") }
            if !command.isEmpty { found.append(Array(command)) }
            rest = rest[(start + 1)...].dropFirst(command.count)
        }
        return found
    }

    private static func behindDashes(_ arguments: [String]) -> [[String]] {
        guard let dashes = arguments.firstIndex(of: "--"), dashes + 1 < arguments.count else { return [] }
        return [Array(arguments[(dashes + 1)...])]
    }

    private static func inContainer(_ arguments: [String]) -> [[String]] {
        guard let action = arguments.first, action == "exec" || action == "run" else { return [] }
        let valued: Set<String> = [
            "-u", "--user", "-w", "--workdir", "-e", "--env", "--env-file", "-v", "--volume", "-p", "--publish",
            "--name",
            "--network", "--entrypoint", "--mount", "-l", "--label", "-h", "--hostname", "-m", "--memory", "--cpus",
        ]
        let command = afterOptions(Array(arguments.dropFirst()), valued).dropFirst()
        return command.isEmpty ? [] : [Array(command)]
    }

    private static let globalOptions: [String: Set<String>] = [
        "git": [
            "-C", "-c", "--git-dir", "--work-tree", "--namespace", "--exec-path", "--config-env", "--super-prefix",
        ],
        "docker": ["-H", "--host", "--context", "-c", "-l", "--log-level", "--config"],
        "podman": ["--url", "--connection", "-c", "--log-level"],
        "kubectl": ["-n", "--namespace", "--context", "--kubeconfig", "--cluster", "--user", "-s", "--server"],
    ]

    /// `git -C dir -c key=value push` is `git push`: options before the sub-command say where, not what.
    static func withoutGlobalOptions(_ program: String, _ arguments: [String]) -> [String] {
        guard let valued = globalOptions[program] else { return arguments }
        let rest = afterOptions(arguments, valued)
        return rest.isEmpty ? arguments : Array(rest)
    }
}
