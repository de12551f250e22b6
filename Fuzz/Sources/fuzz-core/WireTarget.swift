import HiveCore
import HiveFuzzing
import HiveSync

extension FuzzTarget {
    /// A message that is understood is written as the same bytes: nothing in it was passed over.
    static let wire = FuzzTarget("wire") { bytes in
        let message: SyncMessage?
        do throws(CBORError) { message = try SyncMessage.decode(bytes) } catch { return }
        guard let message else { return }
        expect(message.encoded() == bytes, "a message is written as it was read: \(message)")
    }

    /// Frames give the same messages however their bytes come in, and take no more memory than a message may.
    static let frames = FuzzTarget("frames") { bytes in
        guard let cut = bytes.first.map({ Int($0) % 61 + 1 }) else { return }
        let stream = Array(bytes.dropFirst())
        let limit = 4096
        var whole = FrameAssembler(maximumMessage: limit, maximumFirstMessage: 512)
        let (messages, fault) = whole.take(stream)
        var pieces = FrameAssembler(maximumMessage: limit, maximumFirstMessage: 512)
        var found: [LaneMessage] = []
        var foundFault: TransportError?
        for start in stride(from: 0, to: stream.count, by: cut) {
            let taken = pieces.take(stream[start..<min(stream.count, start + cut)])
            found += taken.messages
            foundFault = taken.fault
        }
        expect(found.map(\.bytes) == messages.map(\.bytes), "messages do not depend on how bytes come")
        expect(found.map(\.lane) == messages.map(\.lane), "lanes do not depend on how bytes come")
        expect(foundFault?.code == fault?.code, "a fault does not depend on how bytes come")
        expect(whole.isBetweenMessages == pieces.isBetweenMessages, "both know whether something is unfinished")
        for message in messages { expect(message.bytes.count <= limit, "no message is longer than allowed") }
    }
}
