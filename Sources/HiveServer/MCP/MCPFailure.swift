import HiveAPI

/// An error of the protocol itself; what a tool could not do is a result instead, for the model to read.
struct MCPFailure: Error {
    let code: Code
    let message: String
    var data: JSONValue?
    var httpStatus: Int

    enum Code: Int64 {
        case parseError = -32700
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParameters = -32602
        case internalError = -32603
        case resourceNotFound = -32002
        case headerMismatch = -32020
        case unsupportedVersion = -32022
    }

    init(_ code: Code, _ message: String, data: JSONValue? = nil, httpStatus: Int = 200) {
        self.code = code
        self.message = message
        self.data = data
        self.httpStatus = httpStatus
    }
}
