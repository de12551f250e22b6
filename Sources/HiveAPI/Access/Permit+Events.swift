extension Permit {
    /// Whether somebody with this permit may hear of an event. Where some scopes are out of reach: of what lies in a scope
    /// that may be read, and of the law, which is everybody's; of nothing else, since an event may tell of any scope.
    public func mayHear(_ event: HiveEvent) -> Bool {
        guard isLimited else { return true }
        if let scope = event.data["scope"]?.string { return mayRead(scope) }
        return Self.everybodys.contains(event.topic)
    }

    private static let everybodys: Set<String> = ["gap", "rules"]
}
