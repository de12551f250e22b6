import ArgumentParser
import HiveAPI
import HiveCEL

/// `hivectl cel …`.
struct CELCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cel", abstract: "The Common Expression Language.", subcommands: [Evaluate.self])

    /// `cel eval`.
    struct Evaluate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "eval", abstract: "Evaluate one expression.",
            discussion: "Example: hivectl cel eval 'size(names) > 1' --vars names.json")
        @OptionGroup var options: GlobalOptions
        @Argument var expression: String
        @Option(help: "A file with one JSON object: the variables.") var vars: String?

        func run() throws {
            var environment = Environment.standard
            var variables: [String: Value] = [:]
            if let vars {
                guard case .map(let map) = try parse(vars) else {
                    throw Failure.badInput("`\(vars)` is no JSON object", hint: "write {\"name\": value}")
                }
                for entry in map.entries {
                    guard case .string(let name) = entry.key else { continue }
                    variables[name] = entry.value
                    environment = environment.declaring(variable: name, as: .dyn)
                }
            }
            let program: Program
            do { program = try Program.compile(expression, in: environment) } catch {
                throw Failure.badInput("\(error.position): \(error.message)", hint: error.hint)
            }
            switch program.evaluate(DictionaryActivation(variables)) {
            case .success(let value): Console.write(JSONText.render(value))
            case .failure(let error): throw HiveError(.denied, error.message, hint: "kind: \(error.kind.rawValue)")
            }
        }

        private func parse(_ path: String) throws -> Value {
            do { return try JSONText.parse(try Console.readFile(path)) } catch let error as JSONText.Failure {
                throw Failure.badInput("`\(path)` is not valid JSON: \(error)", hint: "mend it")
            }
        }
    }
}
