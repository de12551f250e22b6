import Configuration
import Foundation
import HiveAPI
import HiveRules
import Synchronization

/// Hears which settings are asked for and where their values come from.
final class SettingOrigins: AccessReporter {
    private struct Answer {
        var value: String
        var isFromEnvironment: Bool
    }

    private let answers = Mutex<[String: Answer?]>([:])

    func report(_ event: Configuration.AccessEvent) {
        let key = event.metadata.key.components.joined(separator: ".")
        guard case .success(let value?) = event.result else {
            // Asked for in another type before, or not set.
            return answers.withLock { if $0[key] == nil { $0[key] = .some(nil) } }
        }
        let source = event.providerResults.first {
            if case .success(let found) = $0.result { found.value != nil } else { false }
        }
        let answer = Answer(
            value: value.isSecret ? Self.hidden : Self.text(value.content),
            isFromEnvironment: source?.providerName.contains("Environment") ?? false)
        answers.withLock { $0[key] = .some(answer) }
    }

    static let hidden = "(secret)"

    private static func text(_ content: ConfigContent) -> String {
        switch content {
        case .string(let value): value
        case .int(let value): String(value)
        case .double(let value): "\(value)"
        case .bool(let value): "\(value)"
        case .stringArray(let values): values.joined(separator: ", ")
        case .intArray(let values): values.map(String.init).joined(separator: ", ")
        case .doubleArray(let values): values.map { "\($0)" }.joined(separator: ", ")
        case .boolArray(let values): values.map { "\($0)" }.joined(separator: ", ")
        case .bytes, .byteChunkArray: hidden
        }
    }

    /// What was set in the environment, by key.
    var fromEnvironment: [String: String] {
        answers.withLock { $0.compactMapValues { $0.flatMap { $0.isFromEnvironment ? $0.value : nil } } }
    }

    /// All that was asked for.
    var known: Set<String> { Set(answers.withLock { $0.keys }) }
}
