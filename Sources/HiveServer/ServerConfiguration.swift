public import Logging

/// Where a server listens and whom it hears.
public struct ServerConfiguration: Sendable {
    /// REST, events and the dashboard.
    public var api: ListenAddress
    /// The Model Context Protocol.
    public var mcp: ListenAddress
    /// Names besides localhost that may stand in `Host` and `Origin`.
    public var hosts: [String]
    public var toolSets: [ToolSet]
    /// The version of the software, for those who ask.
    public var version: String
    /// Whether listeners may be open to other machines without encryption: behind a proxy that adds it.
    public var allowsPlainText: Bool
    /// The file of the socket that hooks of this machine may use; nil where there is none.
    public var hooks: String?
    public var limits = AccessLimits()
    /// What is shown to those who connect by TLS; nil where listeners speak in the clear.
    public var identity: ServerIdentity?
    /// At which level every request is told in the log.
    public var accessLevel = Logger.Level.debug
    /// Where clients of MCP get tokens; nil where they are given them by hand.
    public var authorization: MCPAuthorization?

    public init(
        api: ListenAddress = ListenAddress(host: "127.0.0.1", port: 8899),
        mcp: ListenAddress = ListenAddress(host: "127.0.0.1", port: 8900), hosts: [String] = [],
        toolSets: [ToolSet] = [.core], version: String = "0.1.0", allowsPlainText: Bool = false
    ) {
        self.api = api
        self.mcp = mcp
        self.hosts = hosts
        self.toolSets = toolSets
        self.version = version
        self.allowsPlainText = allowsPlainText
    }
}
