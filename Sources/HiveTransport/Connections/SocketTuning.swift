import NIOCore

/// Socket options of every connection between nodes.
///
/// What was handed to a socket cannot be overtaken. So little is handed over at a time: 32 KiB wait in the channel, and
/// where the system can be told, the kernel takes 32 KiB beyond what is on its way already.
enum SocketTuning {
    private static let unsentLimit = 32 << 10

    static func apply(to channel: any Channel) -> EventLoopFuture<Void> {
        let options = [
            channel.setOption(.tcpOption(.tcp_nodelay), value: 1),
            channel.setOption(.socketOption(.so_keepalive), value: 1),
            channel.setOption(.tcpOption(unsentLowWater), value: SocketOptionValue(unsentLimit)),
            channel.setOption(.writeBufferWaterMark, value: .init(low: unsentLimit / 2, high: unsentLimit)),
        ]
        return EventLoopFuture.andAllSucceed(options, on: channel.eventLoop)
    }

    /// `TCP_NOTSENT_LOWAT`, which the headers that Swift sees do not name everywhere.
    private static var unsentLowWater: NIOBSDSocket.Option {
        #if canImport(Darwin)
            NIOBSDSocket.Option(rawValue: 0x201)
        #else
            NIOBSDSocket.Option(rawValue: 25)
        #endif
    }
}
