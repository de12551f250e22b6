public import HiveCEL
import HiveCore

/// The decision in the shape of the public surface.
extension Decision {
    public var value: Value {
        let requiresApproval = effect == .requireApproval
        return .map(
            ValueMap([
                "id": .string(id), "effect": .string(effect.rawValue), "allowed": .bool(allowed),
                "approval": requiresApproval ? .map(ValueMap(["required": .bool(true)])) : .null,
                "rule": rule.map { .map(ValueMap(["id": .string($0.id), "version": .int($0.version)])) } ?? .null,
                "message": .string(message), "remediation": remediation.map(Value.string) ?? .null,
                "values": .map(ValueMap(values)), "settings": .map(ValueMap(settings)),
                "transformed": .map(ValueMap(transformed)), "matched": .list(matched.map(\.value)),
                "shadow": .list(shadow.map(\.value)), "lifted": .list(lifted.map(\.value)),
                "errors": .list(errors.map { .map(ValueMap(["id": .string($0.id), "message": .string($0.message)])) }),
                "ruleSet": .string(ruleSet), "durationNanoseconds": .int(durationNanoseconds),
                "candidates": .int(Int64(candidates)), "evaluated": .int(Int64(evaluated)),
            ]))
    }
}

extension Decision.Match {
    var value: Value {
        .map(
            ValueMap([
                "id": .string(id), "version": .int(version), "effect": .string(effect.rawValue),
                "enforcement": .string(enforcement.rawValue),
            ]))
    }
}

extension Decision.Lift {
    var value: Value {
        let end = until.map { Value.string(HiveCore.Timestamp(milliseconds: $0).rfc3339) } ?? .null
        return .map(ValueMap(["id": .string(id), "by": .string(by), "until": end]))
    }
}
