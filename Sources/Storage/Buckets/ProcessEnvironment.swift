internal import CProcess
internal import Glibc

/// This process's own variables as they are, for a value need not be UTF-8.
package enum ProcessEnvironment {
  /// The variables for another program, without some; the pointers stay the process's.
  package static func pointers(without names: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var kept: [UnsafeMutablePointer<CChar>?] = unsafe []
    var next = unsafe process_environment()
    while let place = unsafe next, let variable = unsafe place.pointee {
      let isWithheld = names.contains { name in
        unsafe strncmp(variable, name + "=", name.utf8.count + 1) == 0
      }
      if !isWithheld { unsafe kept.append(variable) }
      unsafe next = place + 1
    }
    unsafe kept.append(nil)
    return unsafe kept
  }
}
