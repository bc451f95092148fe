#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few file operations that need exact control: unbuffered reads, durable writes, atomic renames.
enum SystemCall {
  /// What the system says about the last failed call.
  static var lastReason: String { String(cString: strerror(errno)) }

  /// Opens a file for reading.
  static func openForReading(_ path: String) -> Int32? { descriptor(open(path, O_RDONLY | O_CLOEXEC)) }

  /// Creates or empties a file for writing; never follows into a file it did not create.
  static func createForWriting(_ path: String) -> Int32? {
    descriptor(open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666))
  }

  /// Opens a device or pipe for writing.
  static func openForWriting(_ path: String) -> Int32? { descriptor(open(path, O_WRONLY | O_CLOEXEC)) }

  /// Reads what is there, up to the size of the buffer; 0 at the end, `nil` on an error.
  static func read(_ file: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    while true {
      let count = systemRead(file, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      guard errno == EINTR else { return nil }
    }
  }

  /// Fills the buffer from a place in a file; returns how many bytes were there, `nil` on an error.
  static func read(_ file: Int32, at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count = pread(file, rest.baseAddress, rest.count, off_t(offset + done))
      if count == 0 { break }
      if count < 0 {
        guard errno == EINTR else { return nil }
      } else {
        done += count
      }
    }
    return done
  }

  /// Writes all bytes; `false` on an error.
  static func write(_ file: Int32, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let count = systemWrite(file, rest.baseAddress, rest.count)
      if count < 0 {
        guard errno == EINTR else { return false }
      } else {
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
    }
    return true
  }

  static func close(_ file: Int32) { systemClose(file) }

  /// Makes a file's content, or a directory's entries, survive a power cut; `false` on an error.
  static func synchronize(_ path: String) -> Bool {
    guard let file = openForReading(path) else { return false }
    defer { close(file) }
    return fsync(file) == 0
  }

  /// Puts a file in the place of another in one step; `false` on an error.
  static func replace(_ path: String, with newPath: String) -> Bool { rename(newPath, path) == 0 }

  /// Who may read and write a file; `nil` where there is none.
  static func mode(_ path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
  }

  static func setMode(_ path: String, _ mode: mode_t) -> Bool { chmod(path, mode) == 0 }

  static func remove(_ path: String) { unlink(path) }

  /// The size in bytes of a regular file; `nil` for anything else.
  static func fileSize(_ path: String) -> Int64? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int64(status.st_size)
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Makes a file if there is none and locks it until it is closed or the process ends, however it ends; `nil`
  /// when another process holds it.
  static func lock(_ path: String) -> Int32? {
    guard let file = descriptor(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)) else { return nil }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      return nil
    }
    return file
  }

  static var processID: Int32 { getpid() }

  /// Whether a process of that number is running.
  static func isRunning(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno != ESRCH }

  private static func descriptor(_ file: Int32) -> Int32? { file >= 0 ? file : nil }
}

private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(file, buffer, count)
}

private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, buffer, count)
}

private func systemClose(_ file: Int32) { close(file) }
