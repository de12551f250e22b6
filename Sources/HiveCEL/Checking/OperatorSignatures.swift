/// The types that operators take.
enum OperatorSignatures {
    typealias Signature = FunctionDeclaration.Signature

    private static let anything = CELType.parameter("A")

    static let all: [String: [Signature]] = {
        var result: [String: [Signature]] = [
            "!_": [Signature([.bool], .bool)],
            "-_": [Signature([.int], .int), Signature([.double], .double)],
            "_?_:_": [Signature([.bool, anything, anything], anything)],
            "_==_": [Signature([anything, anything], .bool)],
            "_!=_": [Signature([anything, anything], .bool)],
            "_in_": [
                Signature([anything, .list(anything)], .bool),
                Signature([anything, .map(anything, .parameter("B"))], .bool),
            ],
            "_+_": arithmetic + [
                Signature([.string, .string], .string), Signature([.bytes, .bytes], .bytes),
                Signature([.list(anything), .list(anything)], .list(anything)),
                Signature([.timestamp, .duration], .timestamp), Signature([.duration, .timestamp], .timestamp),
                Signature([.duration, .duration], .duration),
            ],
            "_-_": arithmetic + [
                Signature([.timestamp, .timestamp], .duration), Signature([.timestamp, .duration], .timestamp),
                Signature([.duration, .duration], .duration),
            ],
            "_*_": arithmetic,
            "_/_": arithmetic,
            "_%_": [Signature([.int, .int], .int), Signature([.uint, .uint], .uint)],
            "_[_]": indexing { $0 } + optionalIndexing,
            "_[?_]": indexing { .optional($0) } + optionalIndexing,
        ]
        for name in ["_<_", "_<=_", "_>_", "_>=_"] { result[name] = comparison }
        return result
    }()

    private static let arithmetic: [Signature] = [CELType.int, .uint, .double].map { Signature([$0, $0], $0) }

    private static let comparison: [Signature] = {
        let numbers: [CELType] = [.int, .uint, .double]
        let mixed = numbers.flatMap { left in numbers.map { Signature([left, $0], .bool) } }
        return [CELType.bool, .string, .bytes, .timestamp, .duration].map { Signature([$0, $0], .bool) } + mixed
    }()

    private static func indexing(_ wrap: (CELType) -> CELType) -> [Signature] {
        let key = CELType.parameter("K")
        return [
            Signature([.list(anything), .int], wrap(anything)), Signature([.map(key, anything), key], wrap(anything)),
        ]
    }

    private static let optionalIndexing: [Signature] = [
        Signature([.optional(.list(anything)), .int], .optional(anything)),
        Signature([.optional(.map(.parameter("K"), anything)), .parameter("K")], .optional(anything)),
    ]
}
