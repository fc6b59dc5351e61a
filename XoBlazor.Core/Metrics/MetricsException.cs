namespace XoBlazor.Core.Metrics;

/// <summary>Why there are no figures.</summary>
public enum MetricsProblem
{
    /// <summary>Hosts sample VMs that run on them, and no others.</summary>
    NotRunning,

    /// <summary>The host is down.</summary>
    HostDown,

    /// <summary>The pool or the host cannot be reached.</summary>
    OutOfReach,

    /// <summary>The host answers, and has no figures to give, or none that can be understood.</summary>
    NoFigures,
}

/// <summary>There are no figures to be had now. The message is for people, names the object and says what to do; what went wrong at a host is inside.</summary>
public sealed class MetricsException(MetricsProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public MetricsProblem Problem => problem;
}
