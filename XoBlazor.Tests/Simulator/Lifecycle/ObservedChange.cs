using System.Text.Json.Nodes;

namespace XoBlazor.Tests.Simulator.Lifecycle;

/// <summary>One write of the simulator, before any coalescing: the record as it was right after the write (null once deleted).</summary>
public sealed record ObservedChange(string Class, string Operation, string Reference, JsonObject? Record);
