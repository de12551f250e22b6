import HiveAPI

/// Failures in the shape of the public surface.
enum Failure {
    /// Prints the error and leaves with its exit code.
    static func report(_ error: HiveError, asJSON: Bool) -> Never {
        if asJSON {
            Console.write(error.json.text)
        } else {
            tell(error)
        }
        Console.exit(error.exitCode)
    }

    /// Prints the error for people, and goes on.
    static func tell(_ error: HiveError) {
        Console.write("error: \(error.message) (\(error.code.name))", toError: true)
        if let hint = error.hint, !hint.isEmpty { Console.write("hint: \(hint)", toError: true) }
    }

    static func badInput(_ message: String, hint: String) -> HiveError { HiveError(.invalidInput, message, hint: hint) }
}
