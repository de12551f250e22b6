package import HiveAPI

/// What a server of the protocol offers: the same engine serves a node and the fixture of the conformance tests.
package struct MCPFeatures: Sendable {
    package var name: String
    package var title: String
    package var version: String
    package var instructions: String
    package var tools: [MCPTool]
    package var prompts: [MCPPrompt]
    package var resources: any MCPResourceSource
    /// What happens, for those who subscribe.
    package var events: any EventService
    /// Who is asked before a tool changes something; nil where no law applies.
    package var law: (any RuleService)?
    /// Who is told that somebody is there; nil where nobody asks.
    package var presence: (any PresenceService)?
    /// How many entries of a list one page has.
    package var pageSize = 64

    package init(
        name: String, title: String, version: String, instructions: String, tools: [MCPTool], prompts: [MCPPrompt],
        resources: any MCPResourceSource, events: any EventService, law: (any RuleService)? = nil,
        presence: (any PresenceService)? = nil
    ) {
        self.name = name
        self.title = title
        self.version = version
        self.instructions = instructions
        self.tools = tools
        self.prompts = prompts
        self.resources = resources
        self.events = events
        self.law = law
        self.presence = presence
    }
}

/// Things that clients read by their address.
package protocol MCPResourceSource: Sendable {
    /// As `resources/list` shows them, in an order that does not change.
    var list: [JSONValue] { get }
    /// As `resources/templates/list` shows them.
    var templates: [JSONValue] { get }
    /// The contents of one. Throws `MCPFailure.missingResource` where there is none.
    func read(_ uri: String, _ call: MCPCall) async throws -> [JSONValue]
    /// Values for a variable of a template; nil where there is no such template or variable.
    func complete(_ template: String, _ variable: String, _ value: String, _ call: MCPCall) async throws -> [String]?
    /// What a subscription must know from its start to tell changes.
    func changes(_ call: MCPCall) async throws -> any MCPResourceChanges
}

/// Tells which resources an event changed, from the start of one subscription on.
package protocol MCPResourceChanges: Sendable {
    /// Those of `uris` that are not any more what they were.
    mutating func changed(by event: HiveEvent, among uris: [String]) -> [String]
}
