extension HiveError {
    /// What kind of error this is: open, so that a newer node may have codes that an older client has not.
    public struct Code: Sendable, Hashable {
        /// Words joined by underscores, as users see it.
        public let name: String

        public init(_ name: String) { self.name = name }

        // Bad input.
        public static let invalidInput = Code("invalid_input")
        public static let invalidJSON = Code("invalid_json")
        public static let unknownField = Code("unknown_field")
        public static let unknownScope = Code("unknown_scope")
        /// A short id or a name that means more than one thing.
        public static let ambiguous = Code("ambiguous")
        public static let tooLarge = Code("too_large")
        public static let invalidRule = Code("invalid_rule")
        public static let unsupportedMediaType = Code("unsupported_media_type")
        public static let notAcceptable = Code("not_acceptable")
        public static let methodNotAllowed = Code("method_not_allowed")
        public static let upgradeRequired = Code("upgrade_required")
        /// The address or the headers of a request are too long.
        public static let addressTooLong = Code("address_too_long")
        public static let headersTooLarge = Code("headers_too_large")
        /// A request did not arrive in time.
        public static let tooSlow = Code("request_too_slow")
        public static let unknownMethod = Code("unknown_method")
        /// The idempotency key was used for another request.
        public static let keyReused = Code("idempotency_key_reused")

        /// The request was made before under this idempotency key, and its answer is not kept any more.
        public static let alreadyDone = Code("already_done")

        // The answer is no.
        public static let notFound = Code("not_found")
        public static let forgotten = Code("forgotten")
        public static let erased = Code("erased")
        public static let retracted = Code("retracted")
        public static let expired = Code("expired")
        public static let staleVersion = Code("stale_version")
        public static let conflictRemains = Code("conflict_remains")
        /// The episode has ended and takes nothing more.
        public static let episodeEnded = Code("episode_ended")
        public static let alreadyExists = Code("already_exists")
        public static let denied = Code("denied")
        public static let wouldReissue = Code("would_reissue")
        public static let checkFailed = Code("check_failed")
        /// A thing cannot become this from what it is.
        public static let illegalTransition = Code("illegal_transition")
        /// Somebody else has the task, or it cannot be had now.
        public static let claimRefused = Code("claim_refused")
        /// The claim to the task came to its end before.
        public static let fenced = Code("fenced")
        public static let rateLimited = Code("rate_limited")

        // Permission.
        public static let unauthenticated = Code("unauthenticated")
        public static let forbidden = Code("forbidden")

        // The node or its surroundings.
        public static let unreachable = Code("unreachable")
        public static let unavailable = Code("unavailable")
        public static let timedOut = Code("timed_out")
        public static let diskFull = Code("disk_full")
        /// A key for the store cannot be had, or is not the right one.
        public static let keyRefused = Code("key_refused")
        /// Keys are asked for, and the store has none.
        public static let notEncrypted = Code("not_encrypted")
        public static let storeCorrupt = Code("store_corrupt")
        public static let notSupported = Code("not_supported")
        public static let addressInUse = Code("address_in_use")
        public static let internalError = Code("internal")
    }
}

extension HiveError.Code {
    /// How HTTP and the command line say it.
    struct Meaning {
        let httpStatus: Int
        let exitCode: Int32
    }

    var meaning: Meaning { Self.meanings[self] ?? Meaning(httpStatus: 500, exitCode: 5) }

    private static let meanings: [HiveError.Code: Meaning] = [
        .invalidInput: Meaning(httpStatus: 400, exitCode: 2),
        .invalidJSON: Meaning(httpStatus: 400, exitCode: 2),
        .unknownField: Meaning(httpStatus: 400, exitCode: 2),
        .unknownScope: Meaning(httpStatus: 400, exitCode: 2),
        .ambiguous: Meaning(httpStatus: 409, exitCode: 2),
        .tooLarge: Meaning(httpStatus: 413, exitCode: 2),
        .invalidRule: Meaning(httpStatus: 422, exitCode: 2),
        .unsupportedMediaType: Meaning(httpStatus: 415, exitCode: 2),
        .notAcceptable: Meaning(httpStatus: 406, exitCode: 2),
        .methodNotAllowed: Meaning(httpStatus: 405, exitCode: 2),
        .upgradeRequired: Meaning(httpStatus: 426, exitCode: 2),
        .addressTooLong: Meaning(httpStatus: 414, exitCode: 2),
        .headersTooLarge: Meaning(httpStatus: 431, exitCode: 2),
        .tooSlow: Meaning(httpStatus: 408, exitCode: 2),
        .unknownMethod: Meaning(httpStatus: 501, exitCode: 2),
        .keyReused: Meaning(httpStatus: 422, exitCode: 2),
        .alreadyDone: Meaning(httpStatus: 409, exitCode: 1),
        .notFound: Meaning(httpStatus: 404, exitCode: 1),
        .forgotten: Meaning(httpStatus: 404, exitCode: 1),
        .erased: Meaning(httpStatus: 410, exitCode: 1),
        .retracted: Meaning(httpStatus: 409, exitCode: 1),
        .expired: Meaning(httpStatus: 404, exitCode: 1),
        .staleVersion: Meaning(httpStatus: 412, exitCode: 1),
        .conflictRemains: Meaning(httpStatus: 409, exitCode: 1),
        .episodeEnded: Meaning(httpStatus: 409, exitCode: 1),
        .alreadyExists: Meaning(httpStatus: 409, exitCode: 1),
        .denied: Meaning(httpStatus: 403, exitCode: 1),
        .wouldReissue: Meaning(httpStatus: 409, exitCode: 1),
        .checkFailed: Meaning(httpStatus: 409, exitCode: 1),
        .illegalTransition: Meaning(httpStatus: 409, exitCode: 1),
        .claimRefused: Meaning(httpStatus: 409, exitCode: 1),
        .fenced: Meaning(httpStatus: 409, exitCode: 1),
        .rateLimited: Meaning(httpStatus: 429, exitCode: 1),
        .unauthenticated: Meaning(httpStatus: 401, exitCode: 4),
        .forbidden: Meaning(httpStatus: 403, exitCode: 4),
        .unreachable: Meaning(httpStatus: 502, exitCode: 3),
        .unavailable: Meaning(httpStatus: 503, exitCode: 3),
        .timedOut: Meaning(httpStatus: 504, exitCode: 3),
        .diskFull: Meaning(httpStatus: 507, exitCode: 5),
        .keyRefused: Meaning(httpStatus: 500, exitCode: 5),
        .notEncrypted: Meaning(httpStatus: 409, exitCode: 1),
        .storeCorrupt: Meaning(httpStatus: 500, exitCode: 5),
        .notSupported: Meaning(httpStatus: 501, exitCode: 5),
        .addressInUse: Meaning(httpStatus: 500, exitCode: 5),
        .internalError: Meaning(httpStatus: 500, exitCode: 5),
    ]
}
