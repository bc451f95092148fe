import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A TCP socket of the loopback interface.
struct Socket: Sendable {
  enum Fault: Error {
    case failed(String)
  }

  let descriptor: Int32

  /// A listening socket on a free port, or on `port`.
  static func listening(port: UInt16) throws(Fault) -> (socket: Socket, port: UInt16) {
    // Writing to a client that hung up is an error here, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    #if canImport(Glibc)
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      let descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw .failed("socket") }
    var yes: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = port.bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let taken = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        bind(descriptor, pointer, length) == 0 && listen(descriptor, 1024) == 0
          && getsockname(descriptor, pointer, &length) == 0
      }
    }
    guard taken else {
      close(descriptor)
      throw .failed("bind to port \(port)")
    }
    return (Socket(descriptor: descriptor), UInt16(bigEndian: address.sin_port))
  }

  /// The next connection; `nil` once the socket is shut.
  func accepted() -> Socket? {
    while true {
      let descriptor = accept(descriptor, nil, nil)
      if descriptor >= 0 {
        var yes: Int32 = 1
        setsockopt(
          descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        return Socket(descriptor: descriptor)
      }
      guard errno == EINTR || errno == ECONNABORTED else { return nil }
    }
  }

  /// Some bytes; empty when the other side has hung up.
  func received() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
      var result = 0
      repeat {
        result = read(descriptor, buffer.baseAddress, buffer.count)
      } while result < 0 && errno == EINTR
      count = max(0, result)
    }
  }

  /// Whether everything could be written.
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return false }
    }
    return true
  }

  /// Wakes whoever waits on the socket.
  func shut() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  func closed() { close(descriptor) }

  /// Closes at once: the other side sees a reset.
  func reset() {
    var now = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
  }
}
