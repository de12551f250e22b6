import Foundation
import HiveAPI
import HiveChecks

/// Writes reports where they are wanted.
enum CheckOutput {
    static let version = "0.1.0"

    /// To standard output, or to a file; then standard output has the report for people, or JSON where that was asked.
    static func emit(_ report: GateReport, for command: Check) throws {
        let format = command.format ?? (command.options.json ? .json : .human)
        guard let output = command.output else { return Console.write(text(report, format)) }
        try write(text(report, format) + "\n", to: Array(output.utf8))
        Console.write(text(report, command.options.json ? .json : .human))
    }

    private static func text(_ report: GateReport, _ format: CheckFormat) -> String {
        switch format {
        case .human: HumanReport.text(report)
        case .json: JSONReport.text(report)
        case .sarif: SARIFReport.text(report, version: version)
        }
    }

    /// The list of checks.
    static func json(_ rules: [GateRule]) -> String {
        let items: [JSONValue] = rules.map {
            [
                "id": .string($0.id), "number": $0.number.map { .integer(Int64($0)) } ?? .null,
                "summary": .string($0.summary), "help": .string($0.help), "severity": .string($0.severity.rawValue),
            ]
        }
        return (["items": .array(items), "next": .null] as JSONValue).text
    }

    static func write(_ text: String, to path: [UInt8]) throws {
        let url = URL(fileURLWithPath: String(decoding: path, as: UTF8.self))
        do {
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: url, options: .atomic)
        } catch {
            throw Failure.badInput(
                "`\(PathText.shown(path))` cannot be written: \(error.localizedDescription)", hint: "check the folder")
        }
    }
}
