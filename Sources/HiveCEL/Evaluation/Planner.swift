/// Turns an expression into nodes: names become places, functions are looked up, constants are made once.
struct Planner {
    private let environment: Environment
    private let names: NameResolution
    private let limits: CompilationLimits
    private let shared: SharedExpressions
    private var scope: [(name: String, node: any Node)] = []
    private(set) var slots = 0
    /// The variables that the expression asks for.
    private(set) var variables: Set<String> = []
    /// What is certain to fail at evaluation, such as a pattern that is none.
    private(set) var diagnostics: [Diagnostic] = []

    init(_ environment: Environment, limits: CompilationLimits, sharing shared: SharedExpressions = .none) {
        self.environment = environment
        self.limits = limits
        self.shared = shared
        names = NameResolution(environment: environment)
    }

    mutating func plan(_ expression: Expression) -> any Node {
        let node = unshared(expression)
        guard !(node is ConstantNode), let place = shared.place(of: expression, isLocal: isLocal) else { return node }
        return SharedNode(place: place, node)
    }

    private mutating func unshared(_ expression: Expression) -> any Node {
        let position = expression.position
        switch expression.form {
        case .literal(let value): return ConstantNode(value)
        case .identifier(let name): return identifier(name, at: position)
        case .select(let operand, let field):
            return qualified(expression) ?? SelectNode(plan(operand), field, isOptional: false, at: position)
        case .optionalSelect(let operand, let field):
            return SelectNode(plan(operand), field, isOptional: true, at: position)
        case .presence(let operand, let field): return PresenceNode(plan(operand), field, at: position)
        case .call(let function, let target, let arguments):
            return call(function, target, arguments, at: position)
        case .list(let elements): return list(elements)
        case .map(let entries): return map(entries, at: position)
        case .comprehension(let comprehension): return self.comprehension(comprehension, at: position)
        case .binding(let binding): return self.binding(binding)
        case .block(let parts, let result): return block(parts, result)
        }
    }

    // MARK: Names

    private func isLocal(_ name: String) -> Bool { scope.contains { $0.name == name } }

    private mutating func identifier(_ name: String, at position: SourcePosition) -> any Node {
        if let local = scope.last(where: { $0.name == name }) { return local.node }
        return named(name, at: position)
            ?? FailingNode(EvaluationError(.unknownVariable, "there is no variable `\(name)`", at: position))
    }

    private mutating func qualified(_ expression: Expression) -> (any Node)? {
        guard let name = NameResolution.qualifiedName(expression, isLocal: isLocal) else { return nil }
        return named(name, at: expression.position)
    }

    private mutating func named(_ name: String, at position: SourcePosition) -> (any Node)? {
        switch names.meaning(of: name) {
        case .variable(let name, _):
            variables.insert(name)
            let places = environment.places
            guard let place = places.place(of: name) else { return nil }
            return VariableNode(VariableReference(name: name, index: place, places: places), at: position)
        case .type(let name, _): return ConstantNode(.type(name))
        case nil: return nil
        }
    }

    // MARK: Lists, maps and macros

    private mutating func list(_ elements: [ListElement]) -> any Node {
        var nodes: [(node: any Node, isOptional: Bool)] = []
        for element in elements { nodes.append((plan(element.expression), element.isOptional)) }
        let values = nodes.compactMap { $0.isOptional ? nil : ($0.node as? ConstantNode)?.value }
        return values.count == nodes.count ? ConstantNode(.list(values)) : ListNode(nodes)
    }

    private mutating func map(_ entries: [MapEntry], at position: SourcePosition) -> any Node {
        var nodes: [(key: any Node, value: any Node, isOptional: Bool)] = []
        var constants = ValueMap()
        for entry in entries {
            let key = plan(entry.key)
            let value = plan(entry.value)
            nodes.append((key, value, entry.isOptional))
            if !entry.isOptional, let key = key as? ConstantNode, let value = value as? ConstantNode {
                _ = constants.insert(value.value, for: key.value)
            }
        }
        return constants.count == nodes.count ? ConstantNode(.map(constants)) : MapNode(nodes, at: position)
    }

    private mutating func newSlot() -> Int {
        defer { slots += 1 }
        return slots
    }

    private mutating func comprehension(_ comprehension: Comprehension, at position: SourcePosition) -> any Node {
        let range = plan(comprehension.range)
        let count = scope.count
        var places: [Int] = []
        for name in comprehension.variables {
            let slot = newSlot()
            places.append(slot)
            scope.append((name, LocalNode(slot: slot)))
        }
        defer { scope.removeSubrange(count...) }
        let iteration = Iteration(
            range: range, firstSlot: places.count > 1 ? places[0] : nil, slot: places[places.count - 1],
            name: comprehension.kind.rawValue, position: position)
        let always = ConstantNode(.bool(true))
        let predicate = comprehension.predicate.map { plan($0) }
        let transform = comprehension.transform.map { plan($0) }
        switch comprehension.kind {
        case .all: return QuantifierNode(iteration, predicate ?? always, decidedBy: false)
        case .exists: return QuantifierNode(iteration, predicate ?? always, decidedBy: true)
        case .existsOne: return UniquenessNode(iteration, predicate ?? always)
        case .filter, .map, .transformList: return SelectionNode(iteration, where: predicate, transform: transform)
        case .transformMap, .transformMapEntry:
            return MapTransformNode(
                iteration, where: predicate, transform: transform ?? always,
                makesEntries: comprehension.kind == .transformMapEntry)
        case .sortBy: return SortNode(iteration, by: transform ?? always)
        }
    }

    private mutating func binding(_ binding: Binding) -> any Node {
        let value = plan(binding.value)
        let slot = newSlot()
        let isLazy = binding.kind == .bind
        scope.append((binding.variable, isLazy ? LazyNode(slot: slot, value) : LocalNode(slot: slot)))
        defer { scope.removeLast() }
        let body = plan(binding.body)
        if isLazy { return ScopeNode(slots: slot..<(slot + 1), body) }
        return OptionalMapNode(value, slot: slot, body, isFlat: binding.kind == .optFlatMap)
    }

    private mutating func block(_ parts: [Expression], _ result: Expression) -> any Node {
        let first = slots
        slots += parts.count
        let count = scope.count
        for (index, part) in parts.enumerated() {
            let node = plan(part)
            scope.append((Macro.blockName(Int64(index)), LazyNode(slot: first + index, node)))
        }
        defer { scope.removeSubrange(count...) }
        return ScopeNode(slots: first..<(first + parts.count), plan(result))
    }

    // MARK: Calls

    private mutating func call(
        _ name: String, _ target: Expression?, _ arguments: [Expression], at position: SourcePosition
    ) -> any Node {
        if target == nil, OperatorPlan.isOperator(name) {
            var operands: [any Node] = []
            for argument in arguments { operands.append(plan(argument)) }
            return OperatorPlan.node(name, operands, at: position)
        }
        let (declaration, isMember) = names.callee(name, target: target, isLocal: isLocal)
        var operands: [any Node] = []
        for operand in (isMember ? [target].compactMap(\.self) : []) + arguments { operands.append(plan(operand)) }
        guard let declaration else {
            return FailingNode(EvaluationError(.unknownFunction, "there is no function `\(name)`", at: position))
        }
        if isMember, operands.count == 2, name == "or" || name == "orValue", declaration.isStandard {
            return AlternativeNode(operands[0], or: operands[1], unwraps: name == "orValue", at: position)
        }
        if name == "matches", declaration.isStandard, operands.count == 2 {
            return pattern(operands, at: position) ?? DynamicPatternNode(operands[0], operands[1], at: position)
        }
        if isMember, declaration.isStandard, let kind = TextPredicateNode.Kind(rawValue: name), operands.count == 2 {
            return TextPredicateNode(operands[0], operands[1], kind, at: position)
        }
        return node(declaration, operands, at: position)
    }

    /// Nil where the pattern is not known yet.
    private mutating func pattern(_ operands: [any Node], at position: SourcePosition) -> (any Node)? {
        guard let constant = operands[1] as? ConstantNode, case .string(let source) = constant.value
        else { return nil }
        do throws(RegularExpression.Failure) {
            guard source.utf8.count <= limits.patternBytes else {
                throw RegularExpression.Failure(
                    message: "the regular expression is longer than \(limits.patternBytes) bytes")
            }
            return PatternNode(operands[0], try RegularExpression(source), at: position)
        } catch {
            diagnostics.append(
                Diagnostic(error.message, at: position, hint: "patterns are those of RE2", kind: .invalidArgument))
            return FailingNode(EvaluationError(.invalidArgument, error.message, at: position))
        }
    }

    private func node(
        _ declaration: FunctionDeclaration, _ operands: [any Node], at position: SourcePosition
    ) -> any Node {
        guard declaration.arity.contains(operands.count) else {
            let error = EvaluationError(
                .noSuchOverload, "`\(declaration.name)` does not take \(operands.count) arguments", at: position)
            return FailingNode(error)
        }
        switch (declaration.body, operands.count) {
        case (.unary(let body), 1): return folded(UnaryNode(operands[0], at: position, body), declaration, operands)
        case (.binary(let body), 2): return BinaryNode(operands[0], operands[1], at: position, body)
        default: return CallNode(declaration, operands, at: position)
        }
    }

    /// The value instead of the call, where a function of the standard library has a constant argument.
    private func folded(
        _ node: UnaryNode, _ declaration: FunctionDeclaration, _ operands: [any Node]
    ) -> any Node {
        guard declaration.isStandard, operands[0] is ConstantNode else { return node }
        var frame = Frame(activation: DictionaryActivation(), slots: 0, budget: 10_000)
        do { return ConstantNode(try node.evaluate(&frame)) } catch { return node }
    }
}
