/// What became of the lines of an import.
public struct ImportAnswer: JSONRecord {
    public var created: Int
    public var updated: Int
    /// Came before and says nothing new.
    public var unchanged: Int
    /// Left out on purpose: forgotten here, or expired. `problems` says which.
    public var skipped: Int
    /// Wrong: `problems` says why. The others went in.
    public var failed: Int
    public var problems: [ImportProblem]

    public init(
        created: Int = 0, updated: Int = 0, unchanged: Int = 0, skipped: Int = 0, failed: Int = 0,
        problems: [ImportProblem] = []
    ) {
        self.created = created
        self.updated = updated
        self.unchanged = unchanged
        self.skipped = skipped
        self.failed = failed
        self.problems = problems
    }

    public mutating func add(_ other: ImportAnswer) {
        created += other.created
        updated += other.updated
        unchanged += other.unchanged
        skipped += other.skipped
        failed += other.failed
        problems += other.problems
    }

    /// Notes a line that was wrong.
    public mutating func fail(_ number: Int, _ error: HiveError) {
        failed += 1
        problems.append(ImportProblem(number, error))
    }

    /// Notes a line that was left out.
    public mutating func skip(_ number: Int, _ error: HiveError) {
        skipped += 1
        problems.append(ImportProblem(number, error))
    }
}

extension ImportAnswer {
    public init(reading fields: inout FieldReader) throws {
        created = try fields.value("created", default: 0)
        updated = try fields.value("updated", default: 0)
        unchanged = try fields.value("unchanged", default: 0)
        skipped = try fields.value("skipped", default: 0)
        failed = try fields.value("failed", default: 0)
        problems = try fields.value("problems", default: [])
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("created", created)
        fields.put("updated", updated)
        fields.put("unchanged", unchanged)
        fields.put("skipped", skipped)
        fields.put("failed", failed)
        fields.put("problems", problems)
    }
}

/// Why one line did not go in.
public struct ImportProblem: JSONRecord {
    public var number: Int
    /// The file, where there are several.
    public var file: String?
    public var code: String
    public var message: String
    public var hint: String?

    public init(_ number: Int, _ error: HiveError, file: String? = nil) {
        self.number = number
        self.file = file
        code = error.code.name
        message = error.message
        hint = error.hint
    }
}

extension ImportProblem {
    public init(reading fields: inout FieldReader) throws {
        number = try fields.required("number")
        file = try fields.optional("file")
        code = try fields.required("code")
        message = try fields.required("message")
        hint = try fields.optional("hint")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("number", number)
        fields.putIfPresent("file", file)
        fields.put("code", code)
        fields.put("message", message)
        fields.putIfPresent("hint", hint)
    }
}
