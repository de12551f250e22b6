import HiveAPI
import HiveCore

/// Checks the times in requests before they travel further.
enum Times {
    static func check(_ request: StoreMemory) throws { try check("expiresAt", request.expiresAt) }
    static func check(_ request: UpdateMemory) throws { try check("expiresAt", request.expiresAt.value) }

    static func check(_ query: MemoryQuery) throws {
        try check("since", query.since)
        try check("until", query.until)
    }

    private static func check(_ name: String, _ text: String?) throws {
        guard let text, Timestamp(rfc3339: text) == nil else { return }
        throw HiveError(
            .invalidInput, "`\(name)` is no time: `\(text)`", hint: "write it like 2026-11-21T08:30:00Z")
    }
}
