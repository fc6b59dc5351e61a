using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Events;

/// <summary>One event: what happened to which object, and its state afterwards unless it is gone.</summary>
internal readonly record struct XapiEvent(
    long Id, ClassSchema Class, EventOperation Operation, string Ref, RowState? Snapshot, string Timestamp = "0.0");
