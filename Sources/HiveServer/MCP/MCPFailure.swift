package import HiveAPI

/// An error of the protocol itself; what a tool could not do is a result instead, for the model to read.
package struct MCPFailure: Error {
    let code: Code
    let message: String
    var data: JSONValue?
    var httpStatus: Int

    package enum Code: Int64, Sendable {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParameters = -32602
        case internalError = -32603
        case resourceNotFound = -32002
        case headerMismatch = -32020
        case missingCapability = -32021
        case unsupportedVersion = -32022
    }

    package init(_ code: Code, _ message: String, data: JSONValue? = nil, httpStatus: Int = 200) {
        self.code = code
        self.message = message
        self.data = data
        self.httpStatus = httpStatus
    }

    /// The client must be able to do something that it did not declare.
    static func missingCapability(_ name: String) -> MCPFailure {
        MCPFailure(
            .missingCapability, "this needs a client with the capability `\(name)`",
            data: ["requiredCapabilities": .object([name: [:]])], httpStatus: 400)
    }

    /// There is no such resource: the revisions say it with different codes, the answer is made for one of them.
    package static func missingResource(_ uri: String, _ message: String) -> MCPFailure {
        MCPFailure(.resourceNotFound, message, data: ["uri": .string(uri)])
    }
}
