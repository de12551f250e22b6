/// Sizes as people write them: `65536`, `512KiB`, `1MiB`.
enum ByteSize {
    private static let units = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("B", 1), ("", 1)]

    /// Nil for a text that is no size, and for sizes that no file has.
    static func bytes(_ text: String) -> Int? {
        guard let unit = units.first(where: { text.hasSuffix($0.0) }),
            let count = Int(text.dropLast(unit.0.count).filter { $0 != " " }), count > 0
        else { return nil }
        let (bytes, overflow) = count.multipliedReportingOverflow(by: unit.1)
        return overflow ? nil : bytes
    }
}
