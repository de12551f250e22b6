import HiveAPI
import NIOCore
import NIOHTTP1

/// Answers requests that cannot be read, that are too large or that do not arrive in time, each with its status and the
/// reason, and then ends the connection in good order: what the other side still sends is taken and thrown away for a
/// while, since an answer is lost where bytes arrive at a closed socket.
///
/// It stands behind the decoder, where requests are parts and answers are not bytes yet.
final class RequestReadingGuard: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Phase {
        /// Between requests.
        case idle
        /// Some bytes of a head have arrived.
        case head
        case body
        /// The connection speaks another protocol.
        case upgraded
        /// No more requests are read.
        case lingering
    }

    static let lingerTime = TimeAmount.seconds(5)
    /// Methods have fewer letters.
    private static let methodLength = 32

    private let limits: AccessLimits
    private let largestBody: Int
    private var phase = Phase.idle
    private var context: ChannelHandlerContext?
    private var deadline: Scheduled<Void>?
    /// How many bytes the first line of the head has, so far.
    private var lineBytes = 0
    /// How it begins.
    private var lineStart: [UInt8] = []
    private var isInFirstLine = true
    private var bodyBytes = 0
    /// Requests that were handed on and not answered yet.
    private var unanswered = 0
    private var hasBegunAnswer = false
    private var endsAfterAnswer = false
    /// Whether the client wants nothing more: it says so, or speaks HTTP/1.0.
    private var isLastRequest = false
    /// What is to be answered as soon as the requests before it are.
    private var refusal: HiveError?

    /// - Parameter refusal: what to say at once, to a connection that there is no room for.
    init(_ limits: AccessLimits, largestBody: Int, refusal: HiveError? = nil) {
        self.limits = limits
        self.largestBody = largestBody
        self.refusal = refusal
    }

    var isLingering: Bool { if case .lingering = phase { true } else { false } }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        arm(limits.headTime, context, Self.slowHead)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        deadline?.cancel()
    }

    func channelActive(context: ChannelHandlerContext) {
        context.fireChannelActive()
        settle(context)
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    // MARK: Reading

    /// Called with everything that arrives, before it is decoded.
    func arrived(_ bytes: ByteBuffer) {
        if case .idle = phase, bytes.readableBytes > 0 {
            phase = .head
            (lineBytes, lineStart, isInFirstLine) = (0, [], true)
            if deadline == nil, let context { arm(limits.headTime, context, Self.slowHead) }
        }
        guard case .head = phase, isInFirstLine else { return }
        let view = bytes.readableBytesView
        let end = view.firstIndex(of: 0x0A)
        lineBytes += (end ?? view.endIndex) - view.startIndex
        if lineStart.count < Self.methodLength {
            lineStart += view[..<(end ?? view.endIndex)].prefix(Self.methodLength - lineStart.count)
        }
        isInFirstLine = end == nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .upgraded = phase { return context.fireChannelRead(data) }
        guard !isLingering, refusal == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            if let error = objection(to: head) { return refuse(error, context) }
            phase = .body
            bodyBytes = 0
            unanswered += 1
            isLastRequest = !head.isKeepAlive
            let isStranger = !head.headers.contains(name: "authorization")
            arm(
                isStranger ? min(limits.strangersBodyTime, limits.bodyTime) : limits.bodyTime, context, Self.slowBody)
            return context.fireChannelRead(wrapInboundOut(.head(head.inOriginForm)))
        case .body(let bytes):
            bodyBytes += bytes.readableBytes
            guard bodyBytes <= largestBody else { return refuse(tooLarge, context) }
        case .end:
            deadline?.cancel()
            deadline = nil
            phase = .idle
        }
        context.fireChannelRead(data)
    }

    private func objection(to head: HTTPRequestHead) -> HiveError? {
        if head.uri.utf8.count > limits.target { return addressTooLong }
        let size = head.headers.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + 4 }
        if size > limits.headers { return headersTooLarge }
        if let length = head.headers.first(name: "content-length").flatMap(Int.init), length > largestBody {
            return tooLarge
        }
        return nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else { return context.fireErrorCaught(error) }
        refuse(explained(error), context)
    }

    private func arm(
        _ time: Duration, _ context: ChannelHandlerContext, _ error: @autoclosure @escaping @Sendable () -> HiveError
    ) {
        deadline?.cancel()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: TimeAmount(time)) {
            let (handler, context) = bound.value
            handler.refuse(error(), context)
        }
    }

    // MARK: Answers of others

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .upgraded = phase { return context.write(data, promise: promise) }
        guard !isLingering else {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(let head):
            if head.status == .switchingProtocols {
                deadline?.cancel()
                phase = .upgraded
            }
            hasBegunAnswer = head.status.code >= 200
            endsAfterAnswer =
                isLastRequest && unanswered == 1
                || head.headers[canonicalForm: "connection"].contains { $0.lowercased() == "close" }
            context.write(data, promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            unanswered -= 1
            hasBegunAnswer = false
            guard endsAfterAnswer else {
                context.write(data, promise: promise)
                return settle(context)
            }
            context.writeAndFlush(data, promise: promise)
            linger(context)
        }
    }

    /// A connection that ends in the middle of a request lingers like every other.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard mode == .all, case .body = phase, context.channel.isActive else {
            return context.close(mode: mode, promise: promise)
        }
        linger(context)
        if let promise { context.channel.closeFuture.cascade(to: promise) }
    }

    // MARK: Own answers

    private func refuse(_ error: HiveError, _ context: ChannelHandlerContext) {
        guard !isLingering, refusal == nil else { return }
        deadline?.cancel()
        // A request in the middle of its body is answered in its own place, unless somebody has begun to.
        if case .body = phase { unanswered -= 1 }
        guard !hasBegunAnswer else { return linger(context) }
        refusal = error
        settle(context)
    }

    private func settle(_ context: ChannelHandlerContext) {
        guard let refusal, unanswered <= 0, !hasBegunAnswer, context.channel.isActive else { return }
        let reply = HTTPReply.problem(refusal, headers: [("Connection", "close")])
        context.write(wrapOutboundOut(.head(reply.head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: reply.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        linger(context)
    }

    private func linger(_ context: ChannelHandlerContext) {
        phase = .lingering
        deadline?.cancel()
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: Self.lingerTime) { bound.value.close(promise: nil) }
        context.close(mode: .output, promise: nil)
        context.read()
    }

    // MARK: What is wrong

    private static var slowHead: HiveError {
        HiveError(.tooSlow, "the head of the request did not arrive in time", hint: "send it in one piece")
    }

    private static var slowBody: HiveError {
        HiveError(.tooSlow, "the body of the request did not arrive in time", hint: "send less, or faster")
    }

    private var tooLarge: HiveError {
        HiveError(.tooLarge, "the body has more than \(largestBody) bytes", hint: "send it in several requests")
    }

    private var addressTooLong: HiveError {
        HiveError(
            .addressTooLong, "the address is longer than \(limits.target) bytes",
            hint: "ask for less: long texts belong into a body")
    }

    private var headersTooLarge: HiveError {
        HiveError(.headersTooLarge, "the headers have more than \(limits.headers) bytes", hint: "send fewer of them")
    }

    /// Whether the first line begins with letters and a space: what does not is no request at all.
    private var beginsWithMethod: Bool {
        let letters = lineStart.prefix { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
        return !letters.isEmpty && lineStart.dropFirst(letters.count).first == UInt8(ascii: " ")
    }

    private func explained(_ error: HTTPParserError) -> HiveError {
        switch error {
        case .headerOverflow: lineBytes > limits.target ? addressTooLong : headersTooLarge
        case .invalidMethod where beginsWithMethod:
            HiveError(.unknownMethod, "the method of the request is none of HTTP")
        case .invalidVersion: HiveError(.invalidInput, "this is no HTTP/1.1", hint: "send HTTP/1.1")
        default: HiveError(.invalidInput, "the request is no well-formed HTTP: \(error)", hint: "check the client")
        }
    }
}

extension HTTPRequestHead {
    /// The same head where its target is a whole URL, as to a proxy: then the host in it is the one that counts.
    fileprivate var inOriginForm: HTTPRequestHead {
        guard let scheme = ["http://", "https://"].first(where: { uri.lowercased().hasPrefix($0) }) else { return self }
        let rest = uri.dropFirst(scheme.utf8.count)
        let host = rest.prefix { $0 != "/" && $0 != "?" }
        let path = rest.dropFirst(host.count)
        var head = self
        head.uri = path.hasPrefix("/") ? String(path) : "/\(path)"
        head.headers.replaceOrAdd(name: "Host", value: String(host))
        return head
    }
}

extension HTTPReply {
    /// The head of an answer that is written without a framework.
    var head: HTTPResponseHead {
        var fields = HTTPHeaders(headers.map { ($0.name, $0.value) })
        fields.add(name: "Content-Length", value: String(body.count))
        return HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: fields)
    }
}
