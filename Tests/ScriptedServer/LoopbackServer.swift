import Foundation
import Synchronization

/// An HTTP server on loopback that does what it is told, one thread per connection.
package final class LoopbackServer: Sendable {
  package typealias Script = @Sendable (ReceivedRequest) -> ScriptedReply

  /// A request and how it ended; `nil` while it is being served.
  package struct Entry: Sendable {
    package fileprivate(set) var request: ReceivedRequest
    package var outcome: ServedOutcome?
  }

  private struct State {
    var log: [Entry] = []
    var served = 0
    var connections: Set<Int32> = []
    var isStopped = false
    var inFlight = 0
    var mostInFlight = 0
  }

  package let port: UInt16
  private let listener: Socket
  private let script: Script
  private let keepsLog: Bool
  /// Guards the log and the open connections.
  private let state = Mutex(State())

  /// Serves at once, on a free port unless one is given.
  ///
  /// - Parameter keepsLog: without it, `log` stays empty and memory flat.
  package init(port: UInt16 = 0, keepsLog: Bool = true, script: @escaping Script) throws {
    self.keepsLog = keepsLog
    (listener, self.port) = try Socket.listening(port: port)
    self.script = script
    Self.thread { [self] in acceptConnections() }
  }

  /// Plays `replies` in the order in which requests arrive, then the last one for ever.
  package convenience init(_ replies: ScriptedReply...) throws {
    try self.init { replies[min($0.number, replies.count - 1)] }
  }

  package var baseURL: String { "http://127.0.0.1:\(port)/v1" }

  /// What was asked so far, in the order of arrival.
  package var log: [Entry] { state.withLock { $0.log } }

  /// The most requests that were being served at one moment.
  package var mostInFlight: Int { state.withLock { $0.mostInFlight } }

  /// Hangs up on everybody.
  package func stop() {
    listener.shut()
    state.withLock { state in
      state.isStopped = true
      for descriptor in state.connections { Socket(descriptor: descriptor).shut() }
    }
  }

  private func acceptConnections() {
    while let socket = listener.accepted() {
      let isStopped = state.withLock { state in
        if !state.isStopped { state.connections.insert(socket.descriptor) }
        return state.isStopped
      }
      if isStopped { socket.closed() } else { Self.thread { [self] in serve(socket) } }
    }
    listener.closed()
  }

  private func serve(_ socket: Socket) {
    var connection = HTTPConnection(socket: socket)
    while var request = connection.request() {
      request.number = begin(request)
      let reply = script(request)
      let (number, outcome) = (request.number, connection.play(reply))
      state.withLock { state in
        state.inFlight -= 1
        if keepsLog { state.log[number].outcome = outcome }
      }
      guard outcome == .served, reply.framing == .length || reply.framing == .chunked else { break }
    }
    // Forgotten first: a closed descriptor's number may be given to another connection at once.
    state.withLock { _ = $0.connections.remove(socket.descriptor) }
    socket.closed()
  }

  private func begin(_ request: ReceivedRequest) -> Int {
    state.withLock { state in
      state.inFlight += 1
      state.mostInFlight = max(state.mostInFlight, state.inFlight)
      defer { state.served += 1 }
      if keepsLog {
        state.log.append(Entry(request: request))
        state.log[state.served].request.number = state.served
      }
      return state.served
    }
  }

  private static func thread(_ body: @escaping @Sendable () -> Void) {
    let thread = Thread(block: body)
    thread.stackSize = 256 * 1024
    thread.start()
  }
}
