public import HiveCore

/// What happens to a board of soft states.
public enum SoftEvent: Sendable, Hashable {
    /// This node says something; it is signed.
    case posted(SoftState)
    /// A peer passes on what it heard, or says something itself. Nothing of it is believed yet.
    case received([SoftState], from: NodeID)
    case connected(NodeID)
    case disconnected(NodeID)
    /// Scopes, members or roles may have changed.
    case lawChanged(SoftLaw)
    /// At least once a second.
    case tick
}

/// What a board wants done.
public enum SoftDirective: Sendable, Hashable {
    case send([SoftState], to: NodeID)
    /// These are new, or were replaced.
    case changed([SoftKey])
    /// The time of these is over.
    case expired([SoftKey])
    /// So many states of a peer were not taken.
    case refused(SoftRefusal, count: Int, from: NodeID)
}

/// Why a state was not taken.
public enum SoftRefusal: String, Sendable, Hashable, CaseIterable {
    /// Not signed by the node that it names.
    case forged = "forged_soft_state"
    /// Dated too far ahead: it would outlast everything that its node says later.
    case future = "future_soft_state"
    /// Its node, or the peer that passed it on, has no say in its scope.
    case notPermitted = "soft_state_not_permitted"
    /// Its node has too many, or the peer sends too fast.
    case flood = "soft_state_flood"
    case oversized = "oversized_soft_state"
}
