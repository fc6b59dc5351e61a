using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Transfers.Xva;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>What a copy of a VM will be like, for those who ask before it begins.</summary>
public static class CopyFacts
{
    /// <summary>What it is called when nobody gives it a name.</summary>
    public static string NameOf(Vm vm) => vm.NameLabel + " copy";

    /// <summary>It goes as of the moment at which it begins, by a snapshot that is taken for it and goes again.</summary>
    public static bool IsBySnapshot(Vm vm) => VmStreaming.IsByTemporary(vm);

    /// <summary>Why no disk can be put on a storage; null when it can.</summary>
    public static string? ObstacleAt(PoolPicture pool, Sr sr) => StorageParameters.NotForDisks(pool, sr, sr);

    /// <summary>What the compression <c>auto</c> comes to between two pools: zstd is cheap for hosts, gzip is slower than most networks.</summary>
    public static string AutomaticCompression(PoolPicture from, PoolPicture to) => ZstdReader.IsThere && HasZstd(from) && HasZstd(to) ? "zstd" : "none";

    /// <summary>Whether the hosts of a pool write and read zstd.</summary>
    public static bool HasZstd(PoolPicture pool) => pool.Pool?.Restrictions.TryGetValue("restrict_zstd_export", out var restricted) == true && restricted == "false";
}
