import HiveAPI
import HiveHooks

/// How hooks answer where no node does. The choice is whoever's who wrote it last; without one, hooks deny.
struct PolicyPiece: OnboardingPiece {
    let path: String
    let part = OnboardingPart.policy
    /// Nil where nobody chose: then what stands there stays.
    let chosen: HookPolicy?

    func state(in bytes: [UInt8]) throws -> OnboardedPlace.State {
        guard let chosen else { return .current }
        return HookPolicy(reading: bytes) == chosen ? .current : .outdated
    }

    func installed(in bytes: [UInt8]?) throws -> [UInt8] {
        if chosen == nil, let bytes { return bytes }
        return Array((chosen ?? .deny).text.utf8)
    }

    func removed(from bytes: [UInt8]) throws -> [UInt8]? { nil }
}
