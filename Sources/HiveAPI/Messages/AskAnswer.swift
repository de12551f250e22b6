/// What became of a question in its time.
public struct AskAnswer: JSONRecord {
    public var answered: Bool
    public var question: MessageRecord
    /// The first answer.
    public var answer: MessageRecord?
    /// What to know where nobody answered: the question stays, and may be answered later.
    public var note: String?

    public init(answered: Bool, question: MessageRecord, answer: MessageRecord? = nil, note: String? = nil) {
        self.answered = answered
        self.question = question
        self.answer = answer
        self.note = note
    }
}

extension AskAnswer {
    public init(reading fields: inout FieldReader) throws {
        answered = try fields.required("answered")
        question = try fields.required("question")
        answer = try fields.optional("answer")
        note = try fields.optional("note")
    }

    public func write(to fields: inout FieldWriter) {
        fields.put("answered", answered)
        fields.put("question", question)
        fields.putIfPresent("answer", answer)
        fields.putIfPresent("note", note)
    }
}
