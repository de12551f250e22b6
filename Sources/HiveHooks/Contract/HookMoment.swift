/// When in the life of an agent a client asks.
public enum HookMoment: Sendable, Hashable, CaseIterable {
    /// A tool is about to run: the one moment at which something can be kept from happening.
    case beforeTool
    case afterTool
    case prompt
    case start
    /// The model has finished its turn.
    case stop
    /// The conversation is about to be summarised.
    case compaction
    case end
    /// Known, and nothing that Hive has a say in.
    case other

    /// Whether the end of the conversation's record is of use.
    public var wantsTranscript: Bool { self == .stop || self == .compaction || self == .end }
}
