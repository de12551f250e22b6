import HiveCEL

/// Makes manifests out of compose files: one for the file, one for each service, and one more for each service that sets
/// Ollama up.
struct ComposeReader {
    static let kinds = ["compose.file", "compose.service", PlatformTotals.agentKind, PlatformTotals.kind]

    /// Every compose file by its path, for `extends`; every environment file by its path, for `env_file`.
    let files: [String: Tree]
    let environments: [String: [String: String]]

    func manifests(_ tree: Tree, path: String) throws(ReadingProblem) -> [Manifest] {
        let project = try ComposeProject(Interpolation.applied(to: tree), path: path, files: files)
        let ports = project.services.flatMap { ComposePort.all(in: $0.tree["ports"]).ports }
        guard ports.reduce(0, { $0 + $1.published.count }) <= ComposePort.maximumPorts else {
            throw ReadingProblem(
                "more than \(ComposePort.maximumPorts) ports are published; publish fewer", path: path, line: tree.line)
        }
        var manifests: [Manifest] = []
        for (name, service) in project.services {
            let facts = facts(service, path: path, unresolved: project.unresolved[name] ?? [])
            manifests.append(
                Manifest(kind: "compose.service", path: path, name: name, line: service.line, facts: facts.values))
            let environment = environment(service, path: path).values
            if let ollama = OllamaReader.manifest(
                environment: environment, path: path, name: name, line: service["environment"]?.line ?? service.line)
            {
                manifests.append(ollama)
            }
        }
        return [file(project, tree, path: path)] + manifests
    }

    private func file(_ project: ComposeProject, _ tree: Tree, path: String) -> Manifest {
        var facts = Facts()
        facts.set("services", texts: project.services.map(\.name))
        facts.set("volumes", texts: tree["volumes"]?.entries.map(\.key) ?? [])
        facts.set("networks", texts: tree["networks"]?.entries.map(\.key) ?? [])
        return Manifest(
            kind: "compose.file", path: path, name: String(SourceFile(path: path, bytes: []).name), line: tree.line,
            facts: facts.values)
    }

    private func facts(_ service: Tree, path: String, unresolved: [String]) -> Facts {
        var facts = Facts()
        facts.set("image", service["image"]?.text)
        facts.set("builds", service["build"] != nil)
        facts.set("user", service["user"]?.text)
        facts.set("privileged", service["privileged"]?.bool ?? false)
        facts.set("networkMode", service["network_mode"]?.text)
        facts.set("readOnly", service["read_only"]?.bool ?? false)
        facts.set("securityOptions", texts: service["security_opt"]?.texts.map(Self.normalOption) ?? [])
        facts.set("droppedCapabilities", texts: service["cap_drop"]?.texts ?? [])
        facts.set("loggingDriver", service["logging"]?["driver"]?.text)
        facts.set("stopGraceSeconds", Quantity.seconds(service["stop_grace_period"]))
        facts.set("dependsOn", facts: Self.dependencies(service["depends_on"]))
        facts.set("health", ComposeHealth.value(service["healthcheck"]))
        resources(service, &facts)
        storage(service, &facts)
        let ports = ComposePort.all(in: service["ports"])
        facts.set("ports", .list(ports.ports.flatMap { $0.published.map(Value.int) }))
        facts.set("bindings", texts: ports.ports.flatMap(\.texts))
        let environment = environment(service, path: path)
        facts.set("environment", texts: environment.values)
        facts.set(
            "labels", texts: Self.pairs(service["labels"]).merging(Self.pairs(service["deploy"]?["labels"])) { $1 })
        facts.set("problems", texts: unresolved + ports.problems)
        facts.set("missingFiles", texts: environment.missing)
        return facts
    }

    private func resources(_ service: Tree, _ facts: inout Facts) {
        let limits = service["deploy"]?["resources"]?["limits"]
        facts.set("cpus", Quantity.processors(limits?["cpus"] ?? service["cpus"]))
        facts.set("memoryGiB", Quantity.memory(limits?["memory"] ?? service["mem_limit"]))
        facts.set("replicas", Quantity.processors(service["deploy"]?["replicas"] ?? service["scale"]) ?? 1)
        facts.set("restart", Self.restart(service))
        let labels = Self.pairs(service["labels"])
        facts.set("priorityClass", service["x-priority-class"]?.text ?? labels["priority_class"])
    }

    /// The condition of `deploy` in the words of `restart`; `on-failure:3` is `on-failure`.
    private static func restart(_ service: Tree) -> String? {
        if let policy = service["restart"]?.text { return String(policy.prefix { $0 != ":" }) }
        let condition = service["deploy"]?["restart_policy"].map { $0["condition"]?.text ?? "any" }
        return condition.map { ["any": "always", "none": "no"][$0] ?? $0 }
    }

    private func storage(_ service: Tree, _ facts: inout Facts) {
        let volumes = ComposeVolume.all(in: service["volumes"])
        facts.set("volumes", facts: volumes.map(\.facts))
        let short = service["tmpfs"]?.texts.map { String($0.prefix { $0 != ":" }) } ?? []
        facts.set("tmpfs", texts: short + volumes.filter { $0.type == "tmpfs" }.map(\.target))
    }

    /// `no-new-privileges` alone, and with `=`, mean the same.
    private static func normalOption(_ option: String) -> String {
        option == "no-new-privileges" ? option + ":true" : String(option.map { $0 == "=" ? ":" : $0 })
    }

    private static func dependencies(_ tree: Tree?) -> [Facts] {
        let named =
            tree?.isMap == true
            ? tree?.entries.map { ($0.key, $0.value["condition"]?.text ?? "service_started") } ?? []
            : tree?.texts.map { ($0, "service_started") } ?? []
        return named.map { name, condition in
            var facts = Facts()
            facts.set("name", name)
            facts.set("condition", condition)
            return facts
        }
    }

    /// A mapping, or a list of `NAME=value`.
    private static func pairs(_ tree: Tree?) -> [String: String] {
        guard let tree else { return [:] }
        if tree.isMap { return Dictionary(tree.entries.map { ($0.key, $0.value.text ?? "") }) { $1 } }
        let pairs = tree.texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
        return Dictionary(pairs) { $1 }
    }

    /// What `environment` says goes before what files say.
    private func environment(_ service: Tree, path: String) -> (values: [String: String], missing: [String]) {
        var values: [String: String] = [:]
        var missing: [String] = []
        let sources = service["env_file"].map { $0.isList ? $0.elements : [$0] } ?? []
        for source in sources {
            guard let file = source["path"]?.text ?? source.text else { continue }
            if let found = environments[FilePath.joined(file, besides: path)] {
                values.merge(found) { $1 }
            } else if source["required"]?.bool != false {
                missing.append(file)
            }
        }
        return (values.merging(Self.pairs(service["environment"])) { $1 }, missing)
    }
}
