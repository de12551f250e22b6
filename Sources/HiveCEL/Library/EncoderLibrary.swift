/// The extension `encoders`.
enum EncoderLibrary {
    typealias Signature = FunctionDeclaration.Signature

    static let functions: [FunctionDeclaration] = [
        FunctionDeclaration(
            "base64.encode", [Signature([.bytes], .string)],
            .unary { v throws(EvaluationError) in
                guard case .bytes(let bytes) = v else { throw FunctionDeclaration.mismatch("base64.encode", [v]) }
                return .string(Base64.encode(bytes))
            }),
        FunctionDeclaration(
            "base64.decode", [Signature([.string], .bytes)],
            .unary { v throws(EvaluationError) in
                guard case .string(let text) = v else { throw FunctionDeclaration.mismatch("base64.decode", [v]) }
                guard let bytes = Base64.decode(text) else {
                    throw EvaluationError(.typeConversion, "the text is not base64")
                }
                return .bytes(bytes)
            }),
    ]
}
