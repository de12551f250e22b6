/// How large messages may be, and how long is waited.
public enum MessageLimits {
    /// Bytes of a text.
    public static let text = 32 << 10
    /// Targets of one message.
    public static let targets = 64
    /// Seconds that somebody may wait for an answer or for mail.
    public static let wait = 600
    /// Seconds that a message may stay: a year.
    public static let expiry = 366 * 86_400

    static func check(text: String) throws {
        guard text.contains(where: { !$0.isWhitespace }) else {
            throw HiveError(.invalidInput, "the text is empty", hint: "say something")
        }
        guard text.utf8.count <= self.text else {
            throw HiveError(
                .tooLarge, "`text` has \(text.utf8.count) bytes, \(self.text) are allowed",
                hint: "store it as a memory and send its id")
        }
    }

    static func check(page limit: Int) throws {
        guard MemoryLimits.page.contains(limit) else {
            throw HiveError(.invalidInput, "`limit` must lie between 1 and 1000, not at \(limit)")
        }
    }

    static func check(expiresIn: Int?) throws {
        guard let expiresIn, !(1...expiry).contains(expiresIn) else { return }
        throw HiveError(.invalidInput, "`expiresIn` must lie between 1 and \(expiry) seconds, not at \(expiresIn)")
    }

    static func check(_ name: String, seconds: Int, from least: Int) throws {
        guard !(least...wait).contains(seconds) else { return }
        throw HiveError(.invalidInput, "`\(name)` must lie between \(least) and \(wait) seconds, not at \(seconds)")
    }
}

extension SendMessage {
    /// Throws `invalid_input` or `too_large` for what no node would send.
    public func checkLimits() throws {
        try MessageLimits.check(text: text)
        guard to.count <= MessageLimits.targets else {
            throw HiveError(
                .tooLarge, "`to` names \(to.count) targets, \(MessageLimits.targets) are allowed",
                hint: "send it to a role, or to all")
        }
        try RecordLimits.check("to", names: to)
        try RecordLimits.check(lines: ["subject": subject, "category": category, "agent": agent, "memory": memory])
        try MessageLimits.check(expiresIn: expiresIn)
    }
}

extension AskAgent {
    /// Throws `invalid_input` or `too_large` for what no node would send.
    public func checkLimits() throws {
        try MessageLimits.check(text: text)
        try RecordLimits.check(lines: ["to": to, "subject": subject, "agent": agent])
        try MessageLimits.check("timeout", seconds: timeout, from: 1)
        try MessageLimits.check(expiresIn: expiresIn)
    }
}

extension MessageQuery {
    /// Throws `invalid_input` for what nobody could answer.
    public func checkLimits() throws {
        try MessageLimits.check(page: limit)
        try MessageLimits.check("wait", seconds: wait, from: 0)
    }
}

extension MarkMessages {
    public func checkLimits() throws {
        guard all == ids.isEmpty else {
            throw HiveError(.invalidInput, "give `ids`, or `all`, and not both")
        }
        guard ids.count <= 1000 else {
            throw HiveError(.tooLarge, "`ids` has \(ids.count) items, 1000 are allowed", hint: "mark them in parts")
        }
    }
}

extension ShareDiscovery {
    /// Throws `invalid_input` or `too_large` for what no node would send.
    public func checkLimits() throws {
        try MessageLimits.check(text: content)
        try RecordLimits.check(lines: ["category": category, "severity": severity, "agent": agent])
        try RecordLimits.check("to", names: to)
        try MemoryLimits.check(tags: tags)
    }
}

extension KnowledgeQuery {
    /// Throws `invalid_input` for what nobody could answer.
    public func checkLimits() throws {
        guard q.contains(where: { !$0.isWhitespace }) else {
            throw HiveError(.invalidInput, "`q` is empty", hint: "say what somebody should know about")
        }
        try RecordLimits.check(prose: ["q": q])
        guard (1...100).contains(limit) else {
            throw HiveError(.invalidInput, "`limit` must lie between 1 and 100, not at \(limit)")
        }
    }
}
