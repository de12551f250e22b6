import Foundation
import HiveAPI
import HiveCore
import HiveNode
import HiveRules

/// Seals and pruning: the key `seals` of the configuration, `{automatic, hold, acknowledge, retire, retention}`.
enum SealSection {
    /// Reads the configuration file, if there is one.
    static func policy(directory: String, file: String?) throws(HiveError) -> SealPolicy {
        let candidates = file.map { [$0] } ?? ["\(directory)/hive.yaml", "\(directory)/hive.json"]
        guard let path = candidates.first(where: { FileManager.default.fileExists(atPath: $0) }),
            let data = FileManager.default.contents(atPath: path)
        else { return SealPolicy() }
        do throws(RuleError) {
            guard
                var reader = try YAMLReader.document(
                    String(decoding: data, as: UTF8.self), path: path, what: "the configuration"),
                var section = try reader.reader("seals")
            else { return SealPolicy() }
            return try policy(&section)
        } catch { throw HiveError(.invalidInput, "\(error.location): \(error.message)", hint: error.hint) }
    }

    /// What stands under `seals`, all of it.
    static func policy(_ reader: inout YAMLReader) throws(RuleError) -> SealPolicy {
        var policy = SealPolicy()
        policy.isAutomatic = try reader.bool("automatic") ?? policy.isAutomatic
        policy.hold = try duration("hold", &reader) ?? policy.hold
        policy.acknowledgeEvery = try duration("acknowledge", &reader) ?? policy.acknowledgeEvery
        policy.retireAfter = try duration("retire", &reader)
        if var retention = try reader.reader("retention") {
            if let seconds = try duration("memories", &retention) {
                for kind in EngramKind.allCases { policy.retention[kind.document] = seconds }
            }
            if let seconds = try duration("traffic", &retention) {
                for kind in [DocumentKind.agent, .task, .message] { policy.retention[kind] = seconds }
            }
            try retention.finish()
        }
        try reader.finish()
        return policy
    }

    /// A hundred years, in seconds.
    private static let longest: Int64 = 100 * 366 * 86_400

    private static func duration(_ key: String, _ reader: inout YAMLReader) throws(RuleError) -> Int64? {
        guard let text = try reader.text(key) else { return nil }
        guard let seconds = DurationText.seconds(text), seconds <= longest else {
            throw RuleError(
                "`\(text)` is no value of seals.\(key)", at: reader.location(of: key), hint: DurationText.advice)
        }
        return seconds
    }
}
