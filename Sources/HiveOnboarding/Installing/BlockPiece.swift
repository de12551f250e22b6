import HiveAPI

/// A marked block in somebody's file: instructions in Markdown, tables in TOML.
struct BlockPiece: OnboardingPiece {
    let path: String
    let part: OnboardingPart
    let block: MarkedBlock
    /// A table of TOML that the block opens: one outside of the block is somebody else's.
    var table: String?

    func state(in bytes: [UInt8]) throws -> OnboardedPlace.State {
        let state = try block.state(in: bytes)
        try check(bytes)
        guard state == .missing, let table, TOMLCheck.has(table: table, in: bytes) else { return state }
        return .foreign
    }

    func installed(in bytes: [UInt8]?) throws -> [UInt8] {
        if let bytes { try check(bytes) }
        return try block.installed(in: bytes)
    }

    func removed(from bytes: [UInt8]) throws -> [UInt8]? { try block.removed(from: bytes) }

    private func check(_ bytes: [UInt8]) throws {
        if table != nil { return try TOMLCheck.check(bytes) }
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw HiveError(.invalidInput, "it is not valid UTF-8", hint: "convert the file, nothing was changed")
        }
    }
}
