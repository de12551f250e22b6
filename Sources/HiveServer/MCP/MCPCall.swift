package import HiveAPI
package import HiveCore

/// A request that has passed the rules of its era.
package struct MCPCall: Sendable {
    let message: MCPMessage
    let id: JSONValue
    package let caller: Caller
    package let now: Timestamp
    let isModern: Bool
    package let exchange: MCPExchange

    /// The text of a parameter that must be there. Throws an `MCPFailure` without it.
    func text(_ name: String, _ purpose: String) throws -> String {
        guard let text = message.parameters[name]?.string, !text.isEmpty else {
            throw MCPFailure(.invalidParameters, "`params.\(name)` must name \(purpose)")
        }
        return text
    }
}
