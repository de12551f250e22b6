import ArgumentParser
import HiveAPI
import HiveCEL
import HivePacks
import HiveRules

/// Rules out of templates.
extension RuleCommands {
    /// `rules new`.
    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Write a first rule with its tests, or rules out of a template; exit code 1 where a test fails.",
            discussion: """
                Examples:
                  hivectl rules new no-deletes
                  hivectl rules new --list
                  hivectl rules new --from protected-branches --param branches=main,trunk --to rules
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The name of the file; without --from also that of the rule.") var name: String?
        @Option(help: "The template: one of `--list`, or a file.") var from: String?
        @Option(help: "Also name the set that the rules belong to.") var setName: String?
        @Option(name: .customLong("param"), help: "A parameter as name=value; lists as a,b. May be repeated.")
        var parameters: [String] = []
        @Option(help: "The folder that gets the file.") var to = "."
        @Flag(help: "List the templates, or the parameters of the one that --from names.") var list = false

        func run() throws {
            if list { return try listTemplates() }
            guard name != nil || from != nil else {
                throw Failure.badInput(
                    "there is neither a name nor a template",
                    hint: "hivectl rules new NAME, or --from with a template of `hivectl rules new --list`")
            }
            let template = try Templates.named(from ?? Templates.first)
            var pairs = try parameters.map(Self.pair)
            if from == nil, let name { pairs.append(("name", name)) }
            let text: String
            do throws(RuleTemplate.Failure) {
                text = try template.filled(try template.values(pairs))
            } catch { throw Failure.badInput(error.message, hint: error.hint) }
            try write(Self.header(template) + (try setDocument()) + text, as: "\(name ?? template.name).yaml")
        }

        /// Compiles before it writes: what cannot be rules is not written.
        private func write(_ text: String, as file: String) throws {
            guard !file.contains("/") else {
                throw Failure.badInput("`\(file)` is a path", hint: "give the folder with --to")
            }
            let source = RuleFiles.Source(path: "\(to)/\(file)", text: text)
            let set: CompiledRuleSet
            do {
                set = try RuleFilesOnDisk.compile(try RuleFiles.load([source]))
            } catch let error as RuleError { throw RuleFilesOnDisk.failure(error) }
            let outcomes = RuleTester.run(set, now: now)
            let failed = outcomes.filter { $0.failure != nil }
            try RuleFilesOnDisk.create([(file, text)], in: to)
            options.print(
                [
                    "file": .string(source.path), "rules": .array(set.rules.map { .string($0.name) }),
                    "passed": .integer(Int64(outcomes.count - failed.count)),
                    "failed": .array(failed.map { ["rule": .string($0.rule), "test": .string($0.test)] }),
                ] as JSONValue,
                (["wrote \(source.path): \(set.rules.count) rules, \(outcomes.count - failed.count) tests pass"]
                    + failed.map { "FAILED \($0.location): `\($0.test)`: \($0.failure ?? "")" })
                    .joined(separator: "\n"))
            if !failed.isEmpty { throw ExitCode(1) }
        }

        private static func header(_ template: RuleTemplate) -> String {
            template.name == Templates.first
                ? "" : "# Made from the template \(template.name), version \(template.version).\n"
        }

        private func setDocument() throws -> String {
            guard let setName else { return "" }
            let isName =
                !setName.isEmpty
                && setName.utf8.allSatisfy { byte in
                    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
                        || [0x2D, 0x2E, 0x5F].contains(byte)
                }
            guard isName, setName.count <= 64 else {
                throw Failure.badInput(
                    "`\(setName)` is no name for a set", hint: "use letters, digits, `.`, `_`, `-`, at most 64")
            }
            return "apiVersion: hive/v1\nkind: RuleSet\nmetadata: {name: \"\(setName)\", version: 1}\n---\n"
        }

        private static func pair(_ text: String) throws -> (name: String, value: String) {
            guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
                throw Failure.badInput("`\(text)` is no parameter", hint: "write --param name=value")
            }
            return (String(text[..<equals]), String(text[text.index(after: equals)...]))
        }
    }
}

/// What `--list` prints.
extension RuleCommands.New {
    private func listTemplates() throws {
        if let from { return list(try Templates.named(from)) }
        let templates = try Templates.all()
        options.print(
            ["items": .array(templates.map(Self.json)), "next": .null] as JSONValue,
            Table.text(
                ["TEMPLATE", "PARAMETERS", "SUMMARY"],
                templates.map { template in
                    let names = template.parameters.map { $0.isRequired ? "\($0.name)*" : $0.name }
                    return [template.name, names.joined(separator: " "), template.summary]
                }) + "\n* must be given; `hivectl rules new --list --from TEMPLATE` says more")
    }

    private func list(_ template: RuleTemplate) {
        options.print(
            Self.json(template),
            Table.text(
                ["PARAMETER", "TYPE", "DEFAULT", "MEANING"],
                template.parameters.map { parameter in
                    [
                        parameter.name, parameter.type.rawValue,
                        parameter.fallback.map(JSONText.render) ?? "must be given", parameter.description,
                    ]
                }))
    }

    private static func json(_ template: RuleTemplate) -> JSONValue {
        let parameters: [JSONValue] = template.parameters.map { parameter in
            [
                "name": .string(parameter.name), "type": .string(parameter.type.rawValue),
                "required": .bool(parameter.isRequired), "default": json(parameter.fallback),
                "example": json(parameter.example), "pattern": parameter.pattern.map(JSONValue.string) ?? .null,
                "allowed": .array(parameter.allowed.map(JSONValue.string)),
                "description": .string(parameter.description),
            ]
        }
        return [
            "name": .string(template.name), "version": .integer(template.version),
            "summary": .string(template.summary), "parameters": .array(parameters),
        ]
    }

    private static func json(_ value: Value?) -> JSONValue {
        switch value {
        case .string(let text)?: .string(text)
        case .int(let number)?: .integer(number)
        case .bool(let truth)?: .bool(truth)
        case .list(let values)?: .array(values.map { json($0) })
        case .map(let map)?:
            .object(
                Dictionary(map.entries.map { (Self.text($0.key), json($0.value)) }) { first, _ in first })
        default: .null
        }
    }

    private static func text(_ key: Value) -> String {
        if case .string(let text) = key { return text }
        return JSONText.render(key)
    }
}

/// Templates by what people call them.
private enum Templates {
    /// The one that a bare name fills.
    static let first = "first-rule"

    static func all() throws -> [RuleTemplate] {
        do throws(RuleError) { return try TemplateLibrary.all() } catch { throw RuleFilesOnDisk.failure(error) }
    }

    static func named(_ name: String) throws -> RuleTemplate {
        if name.contains("/") || name.hasSuffix(".yaml") { return try read(name) }
        let templates = try all()
        if let template = templates.first(where: { $0.name == name }) { return template }
        let known = templates.map(\.name)
        throw Failure.badInput(
            "there is no template `\(name)`",
            hint: Suggestion.nearest(to: name, among: known) ?? "known are \(known.joined(separator: ", "))")
    }

    /// A template of one's own.
    private static func read(_ path: String) throws -> RuleTemplate {
        let sources = try RuleFilesOnDisk.sources([path])
        guard sources.count == 1, let source = sources.first else {
            throw Failure.badInput("`\(path)` holds several files", hint: "name one template")
        }
        do throws(RuleError) { return try RuleTemplate(source) } catch { throw RuleFilesOnDisk.failure(error) }
    }
}
