namespace XoBlazor.Core.Transfers;

/// <summary>One side of a <see cref="Pump"/> failed.</summary>
internal sealed class PumpException(bool isSource, Exception why) : Exception(why.Message, why)
{
    /// <summary>The side that bytes come from; else the one that they go to.</summary>
    public bool IsSource => isSource;
}
