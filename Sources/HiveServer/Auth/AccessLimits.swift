/// How much one caller may take of a server, so that others are served meanwhile.
public struct AccessLimits: Sendable, Hashable {
    /// Requests in each second, for each token, and for each address beyond this machine; 0 for no limit.
    public var requests = 2000
    /// How many may come at once.
    public var burst = 4000
    /// Failed authentications in each minute, for each address.
    public var failures = 30
    /// Connections that are open at once.
    public var connections = 2048
    /// The same for each address.
    public var connectionsPerAddress = 512
    /// Requests that are worked on at once, for each address.
    public var requestsAtOnce = 256
    /// How long an address (path and query) may be, in bytes.
    public var target = 32 << 10
    /// How long all headers of a request may be, in bytes.
    public var headers = 64 << 10
    /// In how much time a request's head must arrive.
    public var headTime = Duration.seconds(20)
    /// In how much time its body must.
    public var bodyTime = Duration.seconds(30)

    public init() {}
}
