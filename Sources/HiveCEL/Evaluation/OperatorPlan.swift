/// The nodes of operators.
enum OperatorPlan {
    static func isOperator(_ name: String) -> Bool {
        name == "_&&_" || name == "_||_" || OperatorSignatures.all[name] != nil
    }

    static func node(_ name: String, _ operands: [any Node], at position: SourcePosition) -> any Node {
        switch name {
        case "_&&_": return JunctionNode(operands, decidedBy: false)
        case "_||_": return JunctionNode(operands, decidedBy: true)
        case "_?_:_": return ChoiceNode(operands[0], operands[1], operands[2])
        case "_==_", "_!=_": return EqualityNode(operands[0], operands[1], isNegated: name == "_!=_")
        case "_[_]", "_[?_]":
            return IndexNode(operands[0], operands[1], isOptional: name == "_[?_]", at: position)
        case "_in_":
            if let texts = texts(in: operands[1]) { return TextSetNode(operands[0], texts) }
            return MembershipNode(operands[0], operands[1], at: position)
        case "_<_", "_<=_", "_>_", "_>=_":
            return ComparisonNode(operands[0], operands[1], Unparser.symbol(of: name), at: position)
        case "!_": return UnaryNode(operands[0], at: position, negate)
        case "-_": return UnaryNode(operands[0], at: position, Arithmetic.negate)
        default: break
        }
        return BinaryNode(operands[0], operands[1], at: position, body(name))
    }

    private static func body(_ name: String) -> BinaryNode.Body {
        switch name {
        case "_+_": Arithmetic.add
        case "_-_": Arithmetic.subtract
        case "_*_": Arithmetic.multiply
        case "_/_": Arithmetic.divide
        default: Arithmetic.remainder
        }
    }

    private static func negate(_ value: Value) throws(EvaluationError) -> Value {
        guard case .bool(let value) = value else { throw FunctionDeclaration.mismatch("!", [value]) }
        return .bool(!value)
    }

    /// The texts of a constant list that holds nothing else.
    private static func texts(in node: any Node) -> Set<ByteString>? {
        guard let constant = node as? ConstantNode, case .list(let values) = constant.value, values.count > 3 else {
            return nil
        }
        var texts: Set<ByteString> = []
        for value in values {
            guard case .string(let text) = value else { return nil }
            texts.insert(ByteString(text: text))
        }
        return texts
    }
}
