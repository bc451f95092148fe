import CCurl
import Foundation
import Synchronization

/// The one thread on which libcurl works: it waits on all transfers at once and uses no time while they are silent.
final class CurlLoop {
  enum Command: Sendable {
    case begin(Int, HTTPClient.Call, HTTPClient.Events.Continuation)
    case cancel(Int)
    case end
  }

  /// What other threads hold of a loop.
  final class Door: Sendable {
    /// The address of the multi handle, which lives as long as the loop's thread.
    private let multi: UInt
    /// Guards commands not yet taken, the number of the next transfer, and whether the loop still runs.
    private let state = Mutex((commands: [Command](), next: 0, isOpen: true))

    init(multi: UInt) { self.multi = multi }

    func nextID() -> Int {
      state.withLock { state in
        state.next += 1
        return state.next
      }
    }

    func send(_ command: Command) {
      // Under the lock, so that the handle cannot be freed between the check and the wake-up.
      state.withLock { state in
        guard state.isOpen else { return }
        state.commands.append(command)
        if let handle = UnsafeMutableRawPointer(bitPattern: multi) { curl_multi_wakeup(handle) }
      }
    }

    fileprivate func take() -> [Command] {
      state.withLock { state in
        defer { state.commands = [] }
        return state.commands
      }
    }

    fileprivate func close() -> [Command] {
      state.withLock { state in
        state.isOpen = false
        defer { state.commands = [] }
        return state.commands
      }
    }
  }

  /// The longest wait, in milliseconds, before silence is looked at again.
  private static let longestWait: Int32 = 1000
  /// Silence is real time, whatever clock a caller measures replies by.
  static let clock = SystemClock()
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  private let multi: UnsafeMutableRawPointer
  private let door: Door
  private let clock: any EndpointClock
  private var transfers: [Int: CurlTransfer] = [:]

  private init(_ multi: UnsafeMutableRawPointer, _ door: Door, _ clock: any EndpointClock) {
    self.multi = multi
    self.door = door
    self.clock = clock
  }

  /// Starts a loop on a thread of its own; it ends by `Command.end`.
  static func start(connections: Int, clock: any EndpointClock) -> Door {
    guard isReady, let multi = curl_multi_init() else {
      preconditionFailure("libcurl cannot start: no memory")
    }
    _ = lr_curl_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, connections)
    _ = lr_curl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, connections)
    let address = UInt(bitPattern: multi)
    let door = Door(multi: address)
    Thread.detachNewThread {
      guard let multi = UnsafeMutableRawPointer(bitPattern: address) else { return }
      CurlLoop(multi, door, clock).run()
    }
    return door
  }

  private func run() {
    var isOpen = true
    while isOpen {
      for command in door.take() {
        switch command {
        case .begin(let id, let call, let events): begin(id, call, events)
        case .cancel(let id): finish(id, throwing: .cancelled)
        case .end: isOpen = false
        }
      }
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      finishDone()
      let wait = finishSilent()
      if isOpen { curl_multi_poll(multi, nil, 0, wait, nil) }
    }
    for case .begin(_, _, let events) in door.close() {
      events.finish(throwing: EndpointError.Cause.cancelled)
    }
    for id in Array(transfers.keys) { finish(id, throwing: .cancelled) }
    curl_multi_cleanup(multi)
  }

  private func begin(_ id: Int, _ call: HTTPClient.Call, _ events: HTTPClient.Events.Continuation) {
    guard let transfer = CurlTransfer(call, events, clock) else {
      events.finish(throwing: EndpointError.Cause.broken("no memory"))
      return
    }
    transfers[id] = transfer
    curl_multi_add_handle(multi, transfer.handle)
  }

  private func finishDone() {
    var result = CURLE_OK
    while let handle = lr_curl_next_finished(multi, &result) {
      guard let id = transfers.first(where: { $0.value.handle == handle })?.key else { continue }
      finish(id, throwing: result == CURLE_OK ? nil : transfers[id]?.cause(of: result))
    }
  }

  /// Ends transfers that were silent too long; returns the milliseconds until the next one may be.
  private func finishSilent() -> Int32 {
    var wait = Self.longestWait
    let now = Self.clock.now
    for (id, transfer) in transfers {
      let left = transfer.silentFrom - now
      if left <= 0 {
        finish(id, throwing: .silent(seconds: transfer.silence))
      } else {
        wait = min(wait, Int32(clamping: left / 1000 + 1))
      }
    }
    return wait
  }

  private func finish(_ id: Int, throwing cause: EndpointError.Cause?) {
    guard let transfer = transfers.removeValue(forKey: id) else { return }
    curl_multi_remove_handle(multi, transfer.handle)
    if let cause { transfer.events.finish(throwing: cause) } else { transfer.events.finish() }
  }
}
