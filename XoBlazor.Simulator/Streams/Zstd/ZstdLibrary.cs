using System.Runtime.InteropServices;

namespace XoBlazor.Simulator.Streams.Zstd;

/// <summary>The functions of the system's libzstd that streams need both ways, as they stand in its <c>zstd.h</c> since version 1.4. Where it is missing, hosts know no zstd.</summary>
internal static class ZstdLibrary
{
    /// <summary>What <see cref="Compress"/> is asked for: to take more, or to end the frame.</summary>
    public const int Continue = 0;
    public const int End = 2;

    private const string Name = "libzstd.so.1";

    private static readonly Lazy<bool> s_isThere = new(static () => OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Name, out _));

    public static bool IsThere => s_isThere.Value;

#pragma warning disable SYSLIB1054 // What it generates is unsafe code, which these plain signatures do not need.
    [DllImport(Name, EntryPoint = "ZSTD_createCCtx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint CreateCompression();

    [DllImport(Name, EntryPoint = "ZSTD_freeCCtx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint FreeCompression(nint context);

    /// <summary>Returns how much is still to be written of what was asked for.</summary>
    [DllImport(Name, EntryPoint = "ZSTD_compressStream2"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Compress(nint context, ref ZstdBuffer output, ref ZstdBuffer input, int end);

    [DllImport(Name, EntryPoint = "ZSTD_createDCtx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint CreateDecompression();

    [DllImport(Name, EntryPoint = "ZSTD_freeDCtx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint FreeDecompression(nint context);

    /// <summary>Zero at the end of a frame.</summary>
    [DllImport(Name, EntryPoint = "ZSTD_decompressStream"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Decompress(nint context, ref ZstdBuffer output, ref ZstdBuffer input);

    [DllImport(Name, EntryPoint = "ZSTD_isError"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern uint IsError(nuint code);
#pragma warning restore SYSLIB1054
}
