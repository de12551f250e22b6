/// How messages are cut up on the wire, inside TLS.
///
/// ```
/// length   4 bytes, big-endian: how many bytes follow, 1 ... 16,380
/// flags    1 byte: bits 0 and 1 are the lane, bit 2 marks the last frame of a message, the rest is zero
/// payload  length - 1 bytes
/// ```
///
/// A message is the payloads of its frames put together. Frames of one lane belong to one message after the other;
/// frames of different lanes mix freely, so an emergency goes between two frames of a bulk message. Only the last
/// frame of a message may be empty. A frame is 16 KiB at most with its header and so fits into one TLS record.
enum PeerFrame {
    /// Bytes of a whole frame, at most.
    static let maximumLength = 16 * 1024
    /// Bytes before the payload.
    static let headerLength = 5
    /// Bytes of payload, at most.
    static let maximumPayload = maximumLength - headerLength
    static let lastFrame: UInt8 = 4
    static let laneMask: UInt8 = 3
}
