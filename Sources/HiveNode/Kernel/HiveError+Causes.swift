import HiveAPI
import HiveCore
import HiveSync

extension HiveError {
    /// Says in the words of the public surface what failed inside.
    init(_ error: any Error) {
        switch error {
        case let error as HiveError: self = error
        case let error as ReplicaError: self.init(replica: error)
        case let error as StoreError: self.init(store: error)
        case let error as KeyError: self.init(key: error)
        case let error as TransportError:
            self = HiveError(.unreachable, error.message, hint: "check the address and that the other node runs")
        default: self = HiveError(.internalError, "the node failed: \(error)", hint: "see its log")
        }
    }

    private init(replica error: ReplicaError) {
        switch error.code {
        case .unknownScope: self = HiveError(.unknownScope, error.message, hint: "see `hivectl scopes list`")
        case .notPermitted: self = HiveError(.forbidden, error.message, hint: "ask a steward of the scope for a grant")
        case .unknownVersion: self = HiveError(.staleVersion, error.message, hint: "read the memory again")
        case .erased: self = HiveError(.erased, error.message)
        case .missing: self = HiveError(.notFound, error.message)
        case .misuse: self = HiveError(.invalidInput, error.message)
        default: self = HiveError(.internalError, error.message)
        }
    }

    private init(key error: KeyError) {
        switch error.code {
        case .unreachable, .sealed: self = HiveError(.unavailable, error.message, hint: error.hint)
        default: self = HiveError(.keyRefused, error.message, hint: error.hint)
        }
    }

    private init(store error: StoreError) {
        switch error.code {
        case .full: self = HiveError(.diskFull, error.message, hint: error.hint)
        case .corrupt: self = HiveError(.storeCorrupt, error.message, hint: error.hint)
        default: self = HiveError(.internalError, error.message, hint: error.hint)
        }
    }
}

extension Node {
    /// Runs a use case and names what fails.
    func naming<Result>(_ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch {
            let named = HiveError(error)
            noteRefusal(named)
            throw named
        }
    }
}
