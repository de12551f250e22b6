public import Tracing

extension ServiceContext {
    private enum TraceKey: ServiceContextKey {
        typealias Value = TraceContext
        static let nameOverride: String? = "trace"
    }

    private enum IdentityKey: ServiceContextKey {
        typealias Value = TraceContext
        static let nameOverride: String? = "identity"
    }

    private enum OriginKey: ServiceContextKey {
        typealias Value = TraceContext
        static let nameOverride: String? = "origin"
    }

    private enum RequestKey: ServiceContextKey {
        typealias Value = String
        static let nameOverride: String? = "request"
    }

    /// The span that what happens now belongs to.
    public var trace: TraceContext? {
        get { self[TraceKey.self] }
        set { self[TraceKey.self] = newValue }
    }

    /// What the next span is called, where that is settled before it begins. It begins a trace, which is kept or not by
    /// its id alone.
    public var nextSpan: TraceContext? {
        get { self[IdentityKey.self] }
        set { self[IdentityKey.self] = newValue }
    }

    /// The span that the next one follows, where both sides can work out its id and nobody sent it: the trace is kept
    /// or not by its id alone.
    public var origin: TraceContext? {
        get { self[OriginKey.self] }
        set { self[OriginKey.self] = newValue }
    }

    /// The id of the request that is answered.
    public var request: String? {
        get { self[RequestKey.self] }
        set { self[RequestKey.self] = newValue }
    }
}
