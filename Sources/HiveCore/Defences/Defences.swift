/// Which defences stand. All of them, unless a test of this package took one away.
package struct Defences: Sendable, Hashable {
    /// What was taken away.
    package private(set) var missing: Set<Defence>

    package init(without missing: Set<Defence> = []) { self.missing = missing }

    /// Nothing is taken away.
    package static let standing = Defences()

    package func stands(_ defence: Defence) -> Bool { missing.isEmpty || !missing.contains(defence) }
}
