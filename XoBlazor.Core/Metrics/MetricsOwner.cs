namespace XoBlazor.Core.Metrics;

/// <summary>What a host's figure is about.</summary>
public enum MetricsOwner
{
    Host,
    Vm,
    Sr,
}
