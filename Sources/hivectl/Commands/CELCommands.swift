import ArgumentParser
import HiveAPI
import HiveCEL

/// `hivectl cel …`.
struct CELCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cel", abstract: "The Common Expression Language.",
        discussion: """
            The language of conditions in rules.

            Example:
              hivectl cel eval '1 + 1 == 2'
            """, subcommands: [Evaluate.self])

    /// `cel eval`.
    struct Evaluate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eval", abstract: "Evaluate one expression, or many cases.",
            discussion: """
                With --jsonl every line of standard input is a case {"expr", "container", "typeEnv", "bindings",
                "disableMacros", "disableCheck"}, all but `expr` optional, and is answered by one line, {"value": …}
                or {"error": {"kind", "message"}}. Values and types are in the JSON form of cel.expr.Value and
                cel.expr.Type.

                Example:
                  hivectl cel eval 'size(names) > 1' --vars names.json
                """)
        @OptionGroup var options: GlobalOptions
        @Argument(help: "The expression.") var expression: String?
        @Option(help: "A file with one JSON object: the variables; - for standard input.") var vars: String?
        @Flag(help: "Answer the cases on standard input, line by line.") var jsonl = false

        func validate() throws {
            guard jsonl == (expression == nil) else {
                throw ValidationError(
                    jsonl
                        ? "--jsonl takes no expression."
                        : "Give an expression, or --jsonl. Write -- before an expression that begins with a minus.")
            }
            guard !jsonl || vars == nil else {
                throw ValidationError("With --jsonl every case brings its own bindings; leave out --vars.")
            }
        }

        func run() throws {
            let environment = Environment.standard.using(timeZones: SystemTimeZones())
            guard let expression else {
                while let line = readLine() {
                    if !line.isEmpty { Console.write(EvaluationCase.answer(line, in: environment)) }
                }
                return
            }
            let variables = try variables()
            Console.write(try evaluate(expression, variables, in: environment))
        }

        /// The value as JSON.
        private func evaluate(
            _ expression: String, _ variables: [String: Value], in environment: Environment
        ) throws -> String {
            let declared = variables.keys.reduce(environment) { $0.declaring(variable: $1, as: .dyn) }
            let program: Program
            do { program = try Program.compile(expression, in: declared) } catch {
                throw Failure.badInput(
                    error.diagnostics.map { "\($0.position): \($0.message)" }.joined(separator: "\n"), hint: error.hint)
            }
            switch program.evaluate(DictionaryActivation(variables)) {
            case .success(let value): return JSONText.render(value)
            case .failure(let error):
                let place = error.position.map { "\($0): " } ?? ""
                throw HiveError(.denied, place + error.message, hint: "kind: \(error.kind.rawValue)")
            }
        }

        private func variables() throws -> [String: Value] {
            guard let vars else { return [:] }
            let json: Value
            do { json = try JSONText.parse(try Console.readFile(vars)) } catch let error as JSONText.Failure {
                throw Failure.badInput("`\(vars)` is not valid JSON: \(error)", hint: "mend it")
            }
            guard case .map(let map) = json else {
                throw Failure.badInput("`\(vars)` is no JSON object", hint: "write {\"name\": value}")
            }
            var variables: [String: Value] = [:]
            for entry in map.entries {
                if case .string(let name) = entry.key { variables[name] = entry.value }
            }
            return variables
        }
    }
}
