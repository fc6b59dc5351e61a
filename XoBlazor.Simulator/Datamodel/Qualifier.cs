namespace XoBlazor.Simulator.Datamodel;

/// <summary>How a client may write a field: at any time, at creation only, or never.</summary>
internal enum Qualifier { ReadWrite, Constructor, Runtime }
