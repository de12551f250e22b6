/// What a check says of a stretch of a file.
struct Match {
    let message: String
    let remediation: String
    let range: Range<Int>
    /// Instead of the severity of the check.
    var severity: Severity?

    init(_ message: String, _ remediation: String, _ range: Range<Int> = 0..<0, severity: Severity? = nil) {
        self.message = message
        self.remediation = remediation
        self.range = range
        self.severity = severity
    }
}
