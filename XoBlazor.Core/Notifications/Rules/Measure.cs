namespace XoBlazor.Core.Notifications.Rules;

/// <summary>What a limit is set to; all of them in percent.</summary>
public enum Measure
{
    /// <summary>How busy a host's processors are on average.</summary>
    HostCpu,

    /// <summary>How much of a host's memory is in use.</summary>
    HostMemory,

    /// <summary>How busy a VM's virtual processors are on average.</summary>
    VmCpu,

    /// <summary>How much of its memory a guest uses, where its tools tell.</summary>
    VmMemory,

    /// <summary>How full a storage is.</summary>
    SrUse,
}
