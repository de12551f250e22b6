/// How a client is set up, place by place.
public struct OnboardingReport: JSONRecord {
    public var client: String
    public var level: OnboardingLevel
    /// The folder that it was set up in.
    public var root: String
    public var places: [OnboardedPlace]
    /// The version of the client on this machine; nil where it was not found or not asked for.
    public var clientVersion: String?
    /// `enforced`, `cooperative` or `none`: what the client makes of a refusal.
    public var enforcement: String
    /// What somebody ought to know.
    public var warnings: [String]

    public init(
        client: String, level: OnboardingLevel, root: String, places: [OnboardedPlace] = [],
        clientVersion: String? = nil, enforcement: String, warnings: [String] = []
    ) {
        self.client = client
        self.level = level
        self.root = root
        self.places = places
        self.clientVersion = clientVersion
        self.enforcement = enforcement
        self.warnings = warnings
    }

    /// Whether everything is as it is to be.
    public var isCurrent: Bool { places.allSatisfy { $0.state == .current } }
}

extension OnboardingReport {
    public init(reading fields: inout FieldReader) throws {
        client = try fields.required("client")
        level = try fields.required("level")
        root = try fields.required("root")
        places = try fields.required("places")
        clientVersion = try fields.optional("clientVersion")
        enforcement = try fields.required("enforcement")
        warnings = try fields.value("warnings", default: [])
        let _: Bool? = try fields.optional("current")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("client", client)
        fields.put("level", level)
        fields.put("root", root)
        fields.put("places", places)
        fields.put("clientVersion", clientVersion)
        fields.put("enforcement", enforcement)
        fields.put("warnings", warnings)
        fields.put("current", isCurrent)
    }
}

/// One thing that was set up: a file of Hive's own, or its part of somebody else's.
public struct OnboardedPlace: JSONRecord {
    public var path: String
    public var part: OnboardingPart
    public var state: State
    /// What was done about it just now; nil where nothing was.
    public var action: Action?

    /// How it is.
    public enum State: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        case current
        case missing
        /// As an earlier version wrote it.
        case outdated
        /// Somebody changed it.
        case changed
        /// Something of the same name that Hive did not write.
        case foreign

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }
        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }

    /// What was done.
    public enum Action: String, Sendable, Hashable, CaseIterable, JSONRepresentable {
        case written
        case removed
        /// Left alone, since somebody changed it.
        case kept

        public init(json source: JSONSource) throws { self = try source.word(Self.self) }
        public var json: JSONValue { .string(rawValue) }
        public static var shape: JSONShape { .word(allCases.map(\.rawValue)) }
    }

    public init(path: String, part: OnboardingPart, state: State, action: Action? = nil) {
        self.path = path
        self.part = part
        self.state = state
        self.action = action
    }
}

extension OnboardedPlace {
    public init(reading fields: inout FieldReader) throws {
        path = try fields.required("path")
        part = try fields.required("part")
        state = try fields.required("state")
        action = try fields.optional("action")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("path", path)
        fields.put("part", part)
        fields.put("state", state)
        fields.put("action", action)
    }
}
