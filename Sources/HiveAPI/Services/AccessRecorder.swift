/// Takes down what happens at the door.
public protocol AccessRecorder: Sendable {
    /// Never waits for a disk that is slow to be sure, and never fails: what cannot be written is said in the log.
    func record(_ event: AccessEvent, by access: Access)
}
