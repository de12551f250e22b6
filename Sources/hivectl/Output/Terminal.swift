import Foundation
import HiveAPI

/// One of the two ways out, and whether a terminal is at its end.
struct Terminal {
    let descriptor: Int32
    let isTerminal: Bool
    /// Only on a terminal that can, and never where somebody has said NO_COLOR.
    let takesColour: Bool

    static let output = Terminal(1)
    static let error = Terminal(2)

    private init(_ descriptor: Int32) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
        takesColour =
            isTerminal && NodeLocation.processEnvironment("NO_COLOR") == nil
            && NodeLocation.processEnvironment("TERM") != "dumb"
    }
}
