/// The layout of frames: a 4-byte big-endian length of what follows, one byte of flags, up to 16 KiB of payload.
/// Flags: bits 0 and 1 are the lane, bit 2 marks the last frame of a message; the rest is zero. Messages of one lane
/// never interleave; messages of different lanes do.
enum PeerFrame {
    static let maximumPayload = 16 * 1024
    static let lastFrame: UInt8 = 4
    static let laneMask: UInt8 = 3
}
