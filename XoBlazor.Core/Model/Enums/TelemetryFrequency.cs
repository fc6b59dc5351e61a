// Made by tools/Datamodel from datamodel/xapi.tsv.
#nullable enable

namespace XoBlazor.Core.Model;

/// <summary>XAPI's <c>telemetry_frequency</c>.</summary>
public enum TelemetryFrequency
{
    /// <summary>A value that a newer XAPI has and this datamodel does not.</summary>
    Unrecognised,
    Daily,
    Weekly,
    Monthly,
}
