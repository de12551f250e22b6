/// The extension `network`.
enum NetworkLibrary {
    typealias Signature = FunctionDeclaration.Signature

    private static let address = CELType.object(IPAddress.typeName)
    private static let range = CELType.object(AddressRange.typeName)

    static let functions: [FunctionDeclaration] = makers + properties + ranges

    private static let makers: [FunctionDeclaration] = [
        global("ip", address) { text throws(EvaluationError) in .object(try ip(text)) },
        global("cidr", range) { text throws(EvaluationError) in .object(try cidr(text)) },
        global("isIP", .bool) { text throws(EvaluationError) in
            do throws(IPAddress.Failure) { _ = try IPAddress(text) } catch { return .bool(false) }
            return .bool(true)
        },
        global("isCIDR", .bool) { text throws(EvaluationError) in
            do throws(IPAddress.Failure) { _ = try AddressRange(text) } catch { return .bool(false) }
            return .bool(true)
        },
        global("ip.isCanonical", .bool) { text throws(EvaluationError) in .bool(try ip(text).text == text) },
    ]

    private static func global(
        _ name: String, _ result: CELType, _ body: @escaping @Sendable (String) throws(EvaluationError) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, [Signature([.string], result)],
            .unary { v throws(EvaluationError) in
                guard case .string(let text) = v else { throw FunctionDeclaration.mismatch(name, [v]) }
                return try body(text)
            })
    }

    private static func ip(_ text: String) throws(EvaluationError) -> IPAddress {
        do throws(IPAddress.Failure) { return try IPAddress(text) } catch {
            throw EvaluationError(.typeConversion, error.message)
        }
    }

    private static func cidr(_ text: String) throws(EvaluationError) -> AddressRange {
        do throws(IPAddress.Failure) { return try AddressRange(text) } catch {
            throw EvaluationError(.typeConversion, error.message)
        }
    }

    private static func object(_ value: Value) -> (any ObjectValue)? {
        if case .object(let object) = value { return object }
        return nil
    }

    private static let properties: [FunctionDeclaration] = [
        property("family", .int) { .int($0.isVersion4 ? 4 : 6) },
        property("isUnspecified", .bool) { .bool($0.isUnspecified) },
        property("isLoopback", .bool) { .bool($0.isLoopback) },
        property("isGlobalUnicast", .bool) { .bool($0.isGlobalUnicast) },
        property("isLinkLocalMulticast", .bool) { .bool($0.isLinkLocalMulticast) },
        property("isLinkLocalUnicast", .bool) { .bool($0.isLinkLocalUnicast) },
    ]

    private static func property(
        _ name: String, _ result: CELType, _ body: @escaping @Sendable (IPAddress) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, isMember: true, [Signature([address], result)],
            .unary { v throws(EvaluationError) in
                guard let address = object(v) as? IPAddress else { throw FunctionDeclaration.mismatch(name, [v]) }
                return body(address)
            })
    }

    private static let ranges: [FunctionDeclaration] = [
        rangeProperty("ip", address) { .object($0.address) },
        rangeProperty("prefixLength", .int) { .int(Int64($0.length)) },
        rangeProperty("masked", range) { .object(AddressRange($0.address.masked($0.length), length: $0.length)) },
        FunctionDeclaration(
            "containsIP", isMember: true, [Signature([range, address], .bool), Signature([range, .string], .bool)],
            .binary { a, b throws(EvaluationError) in
                guard let range = object(a) as? AddressRange else {
                    throw FunctionDeclaration.mismatch("containsIP", [a, b])
                }
                if case .string(let text) = b { return .bool(range.contains(try ip(text))) }
                guard let other = object(b) as? IPAddress else {
                    throw FunctionDeclaration.mismatch("containsIP", [a, b])
                }
                return .bool(range.contains(other))
            }),
        FunctionDeclaration(
            "containsCIDR", isMember: true, [Signature([range, range], .bool), Signature([range, .string], .bool)],
            .binary { a, b throws(EvaluationError) in
                guard let range = object(a) as? AddressRange else {
                    throw FunctionDeclaration.mismatch("containsCIDR", [a, b])
                }
                if case .string(let text) = b { return .bool(range.contains(try cidr(text))) }
                guard let other = object(b) as? AddressRange else {
                    throw FunctionDeclaration.mismatch("containsCIDR", [a, b])
                }
                return .bool(range.contains(other))
            }),
    ]

    private static func rangeProperty(
        _ name: String, _ result: CELType, _ body: @escaping @Sendable (AddressRange) -> Value
    ) -> FunctionDeclaration {
        FunctionDeclaration(
            name, isMember: true, [Signature([range], result)],
            .unary { v throws(EvaluationError) in
                guard let range = object(v) as? AddressRange else { throw FunctionDeclaration.mismatch(name, [v]) }
                return body(range)
            })
    }
}
