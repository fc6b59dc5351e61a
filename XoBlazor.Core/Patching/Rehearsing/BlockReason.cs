namespace XoBlazor.Core.Patching.Rehearsing;

/// <summary>What keeps a VM on its host.</summary>
public enum BlockReason
{
    /// <summary>A disk that only its host reaches.</summary>
    LocalDisk,

    /// <summary>A disc in its drive that only its host reaches, or that the guest holds.</summary>
    InsertedDisc,

    /// <summary>A passthrough device, a vGPU or an SR-IOV network device.</summary>
    PinnedDevice,

    /// <summary>No other host has room for its memory.</summary>
    Memory,

    /// <summary>The guest has no drivers, or old ones, without which it cannot move.</summary>
    Drivers,

    /// <summary>It uses what the other hosts' processors lack.</summary>
    CpuFeatures,

    /// <summary>A network that only its host has.</summary>
    Network,

    /// <summary>It is paused; only what runs can move.</summary>
    Paused,

    /// <summary>No other host takes VMs now.</summary>
    NoHost,

    Other,
}
