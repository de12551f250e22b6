import ArgumentParser
import HiveAPI

extension MemoryCommands {
    /// `memory stats`.
    struct Stats: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stats",
            abstract: "Count what is remembered.",
            discussion: """
                By kind, scope, category, author and status; apart from it what is contested, forgotten, erased,
                expired or archived.

                Example:
                  hivectl memory stats
                """)
        @OptionGroup var options: GlobalOptions

        func run() async throws {
            let statistics = try await options.client().memoryStatistics(as: .operator)
            options.print(statistics, Self.describe(statistics))
        }

        private static func describe(_ counts: MemoryStatistics) -> String {
            let groups = [
                ("kind", counts.byKind), ("scope", counts.byScope), ("category", counts.byCategory),
                ("agent", counts.byAgent), ("status", counts.byStatus),
            ]
            var lines = ["memories   \(counts.memories), \(counts.textBytes) bytes of text"]
            if let oldest = counts.oldest, let newest = counts.newest {
                lines.append("from       \(oldest) to \(newest)")
            }
            for (name, group) in groups {
                let values = group.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
                let shown =
                    values.prefix(10).map { "\($0.key) \($0.value)" }
                    + (values.count > 10 ? ["and \(values.count - 10) more"] : [])
                lines.append(name.padded(to: 11) + (shown.isEmpty ? "-" : shown.joined(separator: ", ")))
            }
            lines.append(
                "besides    \(counts.contested) contested, \(counts.forgotten) forgotten, \(counts.erased) erased, "
                    + "\(counts.expired) expired, \(counts.archived) archived")
            if counts.unseen > 0 { lines.append("unseen     \(counts.unseen) by the search for meaning") }
            return lines.joined(separator: "\n")
        }
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
