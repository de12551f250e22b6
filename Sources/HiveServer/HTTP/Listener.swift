import HTTPTypes
import HiveAPI
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
import Tracing

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// One open port: turns what arrives into `HTTPCall`s and sends the replies.
struct Listener: Service {
    /// What answers the requests of a port.
    typealias Front = @Sendable (HTTPCall) async -> Answer

    /// A reply and what to call it in metrics.
    struct Answer: Sendable {
        let interface: String
        var reply: HTTPReply
        let operation: String

        init(_ interface: String, _ answer: (reply: HTTPReply, operation: String)) {
            self.interface = interface
            reply = answer.reply
            operation = answer.operation
        }
    }

    /// How long the body of a request without a token may be.
    private static let strangersBody = 64 << 10

    let address: ListenAddress
    let door: Door
    let front: Front
    let metrics: HTTPMetrics
    let events: EventsEndpoint?
    let logger: Logger
    /// At which level requests are told.
    let accessLevel: Logger.Level
    /// Where this throws, the port is closed, and `run` throws the same.
    let onBound: @Sendable (ListenAddress) async throws -> Void
    /// A file to listen at instead of a port.
    var file: String?

    func run() async throws {
        let refusal = Mutex<(any Error)?>(nil)
        let application = Application(
            responder: CallbackResponder<DoorContext> { request, context in
                await respond(to: request, by: context.channel)
            },
            server: HTTPServerBuilder { responder in
                UpgradableChannel(responder: responder, door: door, events: events)
            },
            configuration: ApplicationConfiguration(
                address: file.map { .unixDomainSocket(path: $0) } ?? .hostname(address.host, port: address.port),
                serverName: nil),
            onServerRunning: { channel in
                do {
                    try await onBound(
                        ListenAddress(host: address.host, port: channel.localAddress?.port ?? address.port))
                } catch {
                    refusal.withLock { $0 = error }
                    channel.close(promise: nil)
                }
            }, logger: logger)
        do {
            try await application.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw HiveError(
                .addressInUse, "something else listens at \(address) already",
                hint: "is a node running? Choose another port, or 0 for any free one")
        } catch { throw refusal.withLock { $0 } ?? error }
        if let error = refusal.withLock({ $0 }) { throw error }
    }

    private func respond(to request: Request, by channel: any Channel) async -> Response {
        var random = SystemRandomNumberGenerator()
        let record = RequestRecord(id: RequestRecord.id(Self.requestID(of: request), using: &random))
        return await RequestRecord.$current.withValue(record) {
            let context = RequestTracing.context(of: request, id: record.id)
            return await withSpan(request.method.rawValue, context: context, ofKind: .server) { span in
                await respond(to: request, by: channel, record: record, span: span)
            }
        }
    }

    private func respond(
        to request: Request, by channel: any Channel, record: RequestRecord, span: any Span
    ) async -> Response {
        let start = ContinuousClock.now
        let head = call(request, from: RemoteAddress(channel.remoteAddress))
        var request = request
        var (answer, access) = await door.pass(head, on: channel) { access in
            await Access.$current.withValue(access) { await read(&request, head) }
        }
        let elapsed = ContinuousClock.now - start
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        metrics.record(
            interface: answer.interface, operation: answer.operation, status: answer.reply.status, seconds: seconds)
        tell(of: request, answer, record, access, seconds: seconds)
        if span.isRecording { describe(span, request, answer) }
        answer.reply.headers.append((Self.requestID, record.id))
        return response(answer.reply, to: request, head, under: access, by: channel)
    }

    private func read(_ request: inout Request, _ head: HTTPCall) async -> Answer {
        // Strangers are not read for long: they would fill the memory together.
        let limit = Access.current.credential == nil ? Self.strangersBody : RESTInterface.largestBody
        do {
            // Kept with the request, which then still hears when the client leaves.
            let body = try await request.collectBody(upTo: limit)
            return await front(head.with(body: Array(body.readableBytesView)))
        } catch {
            let error =
                error is NIOTooManyBytesError
                ? HiveError(
                    .tooLarge, "the body has more than \(limit) bytes", hint: "send less, or send a token with it")
                : HiveError(.invalidInput, "the body broke off")
            return Answer("rest", (.problem(error, headers: [("Connection", "close")]), "none"))
        }
    }

    private static let requestID = "X-Request-Id"

    private static func requestID(of request: Request) -> String? {
        HTTPField.Name(requestID).flatMap { request.headers[$0] }
    }

    /// One line for each request: never its token, its query or its body.
    private func tell(
        of request: Request, _ answer: Answer, _ record: RequestRecord, _ access: Access, seconds: Double
    ) {
        logger.log(
            level: accessLevel, "answered",
            metadata: [
                "method": "\(request.method.rawValue)", "interface": "\(answer.interface)",
                "operation": "\(answer.operation)", "status": "\(answer.reply.status)",
                "caller": "\(access.name ?? record.caller?.role.rawValue ?? "nobody")",
                "milliseconds": "\((seconds * 100_000).rounded() / 100)",
            ])
    }

    private func describe(_ span: any Span, _ request: Request, _ answer: Answer) {
        span.operationName = "\(request.method.rawValue) \(answer.operation)"
        span.updateAttributes { attributes in
            attributes["http.request.method"] = request.method.rawValue
            attributes["http.response.status_code"] = answer.reply.status
            attributes["hive.interface"] = answer.interface
            attributes["hive.operation_name"] = answer.operation
        }
        if answer.reply.status >= 500 { span.setStatus(SpanStatus(code: .error)) }
    }

    private func call(_ request: Request, from address: RemoteAddress?) -> HTTPCall {
        var headers = request.headers.map { (name: $0.name.rawName, value: $0.value) }
        if let authority = request.head.authority { headers.append(("host", authority)) }
        return HTTPCall(
            method: request.method.rawValue, target: request.head.path ?? "/", headers: headers, address: address,
            isSecure: door.identity != nil)
    }

    private func response(
        _ reply: HTTPReply, to request: Request, _ head: HTTPCall, under access: Access, by channel: any Channel
    ) -> Response {
        var fields = HTTPFields()
        for header in reply.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        if fields[.xContentTypeOptions] == nil { fields[.xContentTypeOptions] = "nosniff" }
        if let stream = reply.stream {
            let body = ResponseBody { writer in
                try await door.whileHolding(access, head.bearerToken, closing: channel) {
                    guard reply.endsWithClient else {
                        for try await piece in stream { try await writer.write(ByteBuffer(bytes: piece)) }
                        return try await writer.finish(nil)
                    }
                    try await request.body.consumeWithCancellationOnInboundClose { _ in
                        for try await piece in stream { try await writer.write(ByteBuffer(bytes: piece)) }
                        try await writer.finish(nil)
                    }
                }
            }
            return Response(status: .init(code: reply.status), headers: fields, body: body)
        }
        let body = reply.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
        return Response(status: .init(code: reply.status), headers: fields, body: body)
    }
}
