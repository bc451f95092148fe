/// A trace file.
package struct TraceDatabase {}
