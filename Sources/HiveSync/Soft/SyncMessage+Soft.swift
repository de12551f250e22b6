import HiveCore

extension SyncMessage {
    /// How many states one message may hold, whatever its size.
    static let maximumSoftStates = 1024

    static func decodeSoft(_ decoder: inout CBORDecoder) throws(CBORError) -> SyncMessage {
        let states = try decoder.decodeArray(SoftState.init(from:))
        guard states.count <= maximumSoftStates else {
            throw decoder.refusal("a message holds at most \(maximumSoftStates) soft states")
        }
        return .soft(states)
    }
}
