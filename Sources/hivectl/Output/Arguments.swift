/// What the shell handed over.
enum Arguments {
    /// Refuses arguments that are not UTF-8: they would be stored with their bytes replaced.
    static func check() throws {
        for index in 0..<Int(CommandLine.argc) {
            guard let argument = CommandLine.unsafeArgv[index], String(validatingCString: argument) == nil else {
                continue
            }
            throw Failure.badInput("argument \(index) is not valid UTF-8", hint: "convert it first, as with iconv")
        }
    }
}
