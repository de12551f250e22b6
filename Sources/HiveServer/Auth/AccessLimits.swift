/// How much one caller may take of a server, so that others are served meanwhile.
public struct AccessLimits: Sendable, Hashable {
    /// Requests in each second, for each token, and for each address beyond this machine; 0 for no limit.
    public var requests = 2000
    /// How many may come at once.
    public var burst = 4000
    /// Failed authentications in each minute, for each address.
    public var failures = 30
    /// Connections that are open at once: so many of those who have shown a token, and of those who have not.
    public var connections = 2048
    /// Connections of each token from one address.
    public var connectionsPerAddress = 512
    /// Connections from one address by which no token was shown yet. The oldest idle one makes room for the next.
    public var strangers = 256
    /// Requests that are worked on at once, for each token from one address.
    public var requestsAtOnce = 256
    /// Requests with a body but without a token that are worked on at once, for each address.
    public var strangersAtOnce = 32
    /// How long an address (path and query) may be, in bytes.
    public var target = 32 << 10
    /// How long all headers of a request may be, in bytes.
    public var headers = 64 << 10
    /// In how much time a request's head must arrive.
    public var headTime = Duration.seconds(20)
    /// In how much time its body must.
    public var bodyTime = Duration.seconds(30)
    /// The same where the head shows no token.
    public var strangersBodyTime = Duration.seconds(5)

    public init() {}
}
