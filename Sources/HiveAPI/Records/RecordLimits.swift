/// How large the parts of records may be, in bytes of UTF-8.
public enum RecordLimits {
    /// Names and titles.
    public static let line = 512
    /// Each of the longer texts.
    public static let prose = 32 << 10
    /// All steps of a runbook together, and a runbook as Markdown.
    public static let runbook = 512 << 10
    public static let steps = 200
    /// Systems, preconditions.
    public static let list = 200

    static func check(lines: KeyValuePairs<String, String?>) throws {
        for (name, value) in lines { try check(name, value, limit: line) }
    }

    static func check(prose: KeyValuePairs<String, String?>) throws {
        for (name, value) in prose { try check(name, value, limit: self.prose) }
    }

    static func check(_ name: String, _ value: String?, limit: Int) throws {
        guard let bytes = value?.utf8.count, bytes > limit else { return }
        throw HiveError(
            .tooLarge, "`\(name)` has \(bytes) bytes, \(limit) are allowed",
            hint: "keep the bulk elsewhere and say where")
    }

    static func check(record: JSONValue) throws {
        try MemoryLimits.check("record", depthOf: record)
        try check("record", record.text, limit: runbook)
    }

    static func check(_ name: String, list values: [String]?) throws {
        guard let values else { return }
        guard values.count <= list else {
            throw HiveError(.tooLarge, "`\(name)` has \(values.count) items, \(list) are allowed")
        }
        for value in values { try check(name, value, limit: prose) }
    }

    static func check(_ name: String, names values: [String]) throws {
        try check(name, list: values)
        for value in values { try check(name, value, limit: line) }
    }
}

extension RecordInfrastructure {
    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        try RecordLimits.check(lines: ["machine": machine, "component": component, "type": type, "agent": agent])
        try RecordLimits.check(prose: ["note": note])
        try MemoryLimits.check(tags: tags)
        try MemoryLimits.check(metadata: values)
    }
}

extension OpenIncident {
    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        try RecordLimits.check(lines: ["title": title, "agent": agent])
        try RecordLimits.check(prose: ["summary": summary, "resolution": resolution, "lessons": lessons])
        try RecordLimits.check("systems", names: systems)
        try MemoryLimits.check(tags: tags)
    }
}

extension UpdateIncident {
    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        try RecordLimits.check(lines: ["title": title, "agent": agent])
        try RecordLimits.check(
            prose: ["summary": summary, "note": note, "resolution": resolution, "lessons": lessons])
        try RecordLimits.check("addSystems", names: addSystems)
    }
}

extension WriteRunbook {
    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        guard markdown == nil || source == nil else {
            throw HiveError(.invalidInput, "`markdown` and `source` exclude each other", hint: "give one of them")
        }
        guard steps == nil || procedure == nil else {
            throw HiveError(.invalidInput, "`steps` and `procedure` exclude each other", hint: "give one of them")
        }
        try RecordLimits.check(lines: ["title": title, "owner": owner, "agent": agent])
        try RecordLimits.check(
            prose: ["summary": summary, "trigger": trigger, "expectedOutcome": expectedOutcome])
        try RecordLimits.check("preconditions", list: preconditions)
        try RecordLimits.check("systems", names: systems ?? [])
        for (name, text) in [("markdown", markdown), ("procedure", procedure)] {
            try RecordLimits.check(name, text, limit: RecordLimits.runbook)
        }
        try RecordLimits.check("steps", (steps ?? []).json.text, limit: RecordLimits.runbook)
        try MemoryLimits.check(tags: tags)
    }
}

extension RecordRun {
    /// Throws `invalid_input` or `too_large` for what no node would keep.
    public func checkLimits() throws {
        try RecordLimits.check(lines: ["agent": agent])
        try RecordLimits.check(prose: ["note": note])
        guard let seconds, seconds < 0 else { return }
        throw HiveError(.invalidInput, "`seconds` must not be less than 0, it is \(seconds)")
    }
}
