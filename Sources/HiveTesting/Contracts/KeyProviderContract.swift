public import HiveCore

/// What every provider of keys promises. Each check makes a provider of its own and throws a `ContractViolation` that says
/// what failed.
public struct KeyProviderContract: Sendable {
    /// One promise by name.
    public enum Check: String, Sendable, CaseIterable {
        case whatWasWrappedComesBack
        case wrappingsTellNothing
        case changedBytesAreRefused
        case unknownKeysAreMissing
        case formerKeysStillOpen
    }

    /// A provider, and what puts a new key in force while it goes on to have the former one.
    public struct Subject: Sendable {
        let provider: any KeyProvider
        let change: @Sendable () async throws -> Void

        public init(_ provider: any KeyProvider, change: @escaping @Sendable () async throws -> Void) {
            self.provider = provider
            self.change = change
        }
    }

    private let makeSubject: @Sendable () async throws -> Subject

    public init(makeSubject: @escaping @Sendable () async throws -> Subject) { self.makeSubject = makeSubject }

    public func verify(_ check: Check) async throws {
        let subject = try await makeSubject()
        switch check {
        case .whatWasWrappedComesBack: try await whatWasWrappedComesBack(subject.provider)
        case .wrappingsTellNothing: try await wrappingsTellNothing(subject.provider)
        case .changedBytesAreRefused: try await changedBytesAreRefused(subject.provider)
        case .unknownKeysAreMissing: try await unknownKeysAreMissing(subject.provider)
        case .formerKeysStillOpen: try await formerKeysStillOpen(subject)
        }
    }

    private static func key() -> SealingKey {
        var random = SystemRandomNumberGenerator()
        return SealingKey(using: &random)
    }

    private func demand(_ condition: Bool, _ message: String) throws {
        guard condition else { throw ContractViolation(message) }
    }

    private func whatWasWrappedComesBack(_ provider: any KeyProvider) async throws {
        let key = Self.key()
        let wrapped = try await provider.wrap(key)
        try demand(try await provider.unwrap(wrapped).bytes == key.bytes, "another key came back")
        try demand(try await provider.currentKey() == wrapped.keyID, "the key that wraps is not the current one")
        try demand(!provider.place.isEmpty, "nobody is told where the keys are")
    }

    private func wrappingsTellNothing(_ provider: any KeyProvider) async throws {
        let key = Self.key()
        let (first, second) = (try await provider.wrap(key), try await provider.wrap(key))
        try demand(first.bytes != second.bytes, "two wrappings of a key are equal")
        for start in 0...max(0, first.bytes.count - 8) {
            let piece = first.bytes[start...].prefix(8)
            let isInside = (0...24).contains { key.bytes[$0..<($0 + 8)].elementsEqual(piece) }
            try demand(!isInside, "the wrapping holds a part of the key")
        }
    }

    private func changedBytesAreRefused(_ provider: any KeyProvider) async throws {
        let wrapped = try await provider.wrap(Self.key())
        var bytes = wrapped.bytes
        bytes[bytes.count - 5] = bytes[bytes.count - 5] == 0x41 ? 0x42 : 0x41  // letters: wrappings may be text
        try await demandFailure([.refused, .malformed], "changed bytes") {
            _ = try await provider.unwrap(WrappedKey(keyID: wrapped.keyID, bytes: bytes))
        }
        try await demandFailure([.refused, .malformed], "no bytes") {
            _ = try await provider.unwrap(WrappedKey(keyID: wrapped.keyID, bytes: []))
        }
    }

    private func unknownKeysAreMissing(_ provider: any KeyProvider) async throws {
        let wrapped = try await provider.wrap(Self.key())
        try await demandFailure([.missing, .refused], "a key that nobody has") {
            _ = try await provider.unwrap(WrappedKey(keyID: "4711", bytes: wrapped.bytes))
        }
    }

    private func formerKeysStillOpen(_ subject: Subject) async throws {
        let key = Self.key()
        let former = try await subject.provider.wrap(key)
        try await subject.change()
        let fresh = try await subject.provider.wrap(key)
        try demand(former.keyID != fresh.keyID, "a new key has the former one's identity")
        try demand(try await subject.provider.currentKey() == fresh.keyID, "the new key is not the current one")
        for wrapped in [former, fresh] {
            try demand(try await subject.provider.unwrap(wrapped).bytes == key.bytes, "a former wrapping opens no more")
        }
    }

    private func demandFailure(
        _ codes: [KeyError.Code], _ what: String, _ work: () async throws -> Void
    ) async throws {
        do { try await work() } catch let error as KeyError where codes.contains(error.code) { return }
        throw ContractViolation("\(what) was not refused")
    }
}
