import HiveAPI
import HiveCore

/// Checks the times in requests before they travel further.
enum Times {
    static func check(_ request: StoreMemory) throws { try check("expiresAt", request.expiresAt) }
    static func check(_ request: UpdateMemory) throws { try check("expiresAt", request.expiresAt.value) }

    static func check(_ query: MemoryQuery) throws {
        try check("since", query.since, orDate: true)
        try check("until", query.until, orDate: true)
    }

    /// - Parameter orDate: whether a date alone will do, for its first moment.
    private static func check(_ name: String, _ text: String?, orDate: Bool = false) throws {
        guard let text, Timestamp(rfc3339: text) == nil else { return }
        if orDate, Timestamp(rfc3339: text + "T00:00:00Z") != nil { return }
        throw HiveError(
            .invalidInput, "`\(name)` is no time: `\(text)`", hint: "write it like 2026-11-21T08:30:00Z")
    }
}
