import HiveAPI
import HiveCore

/// Whether a value may be put into a field of a record by hand, as when a conflict is settled.
enum RecordFieldCheck {
    private static let texts: Set<UInt64> = [
        EngramField.summary, EngramField.resolution, EngramField.lessons, EngramField.occasion,
        EngramField.expectedOutcome, EngramField.owner,
    ]

    /// Throws `invalid_input` for what would make the record unreadable.
    static func check(_ value: CBORValue, in field: FieldID) throws {
        guard case .number(let number) = field else { return }
        switch number {
        case EngramField.phase: _ = try RecordInput.phase(text(value, of: field))
        case EngramField.severity:
            let word = try text(value, of: field)
            guard Severity(rawValue: word) != nil else { throw wrong(field, "one of sev1, sev2, sev3 and sev4") }
        case EngramField.title, EngramField.machine, EngramField.component, EngramField.record:
            guard try RecordText.line(text(value, of: field)) != nil else { throw wrong(field, "a line of text") }
        case EngramField.detectedAt, EngramField.reviewedAt:
            guard value.integer != nil else { throw wrong(field, "a time in milliseconds since 1970") }
        case EngramField.observation:
            let status = value["status"]?.text.flatMap(InfrastructureStatus.init(rawValue:))
            guard status != nil, value["at"]?.integer != nil else {
                throw wrong(field, "an object with `status` and `at`, as the values that stand show it")
            }
        case EngramField.procedure:
            guard let steps = value.array, !steps.isEmpty, steps.allSatisfy({ RunbookStep($0) != nil }) else {
                throw wrong(field, "a list of steps, each an object with `text`")
            }
        case EngramField.preconditions:
            guard let items = value.array, items.allSatisfy({ $0.text != nil }) else {
                throw wrong(field, "a list of texts")
            }
        case _ where texts.contains(number): _ = try text(value, of: field)
        default: return
        }
    }

    private static func text(_ value: CBORValue, of field: FieldID) throws -> String {
        guard let text = value.text else { throw wrong(field, "a text") }
        return text
    }

    private static func wrong(_ field: FieldID, _ expected: String) -> HiveError {
        HiveError(
            .invalidInput, "`\(EngramField.name(of: field) ?? "the field")` must be \(expected)",
            hint: "take one of the values that stand, or write it in that form")
    }
}
