using System.Runtime.InteropServices;

namespace XoBlazor.Core.Transfers.Xva;

/// <summary>The functions of libzstd that are needed to decompress a stream, as they stand in its <c>zstd.h</c> since version 1.4.</summary>
internal static class ZstdLibrary
{
    private const string Name = "libzstd.so.1";

    private static readonly Lazy<bool> s_isThere = new(static () => OperatingSystem.IsLinux() && NativeLibrary.TryLoad(Name, out _));

    public static bool IsThere => s_isThere.Value;

#pragma warning disable SYSLIB1054 // What it generates is unsafe code, which these plain signatures do not need.
    [DllImport(Name, EntryPoint = "ZSTD_createDCtx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nint CreateContext();

    [DllImport(Name, EntryPoint = "ZSTD_freeDCtx"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint FreeContext(nint context);

    [DllImport(Name, EntryPoint = "ZSTD_DCtx_setParameter"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint SetParameter(nint context, int parameter, int value);

    /// <summary>Zero at the end of a frame.</summary>
    [DllImport(Name, EntryPoint = "ZSTD_decompressStream"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern nuint Decompress(nint context, ref Buffer output, ref Buffer input);

    [DllImport(Name, EntryPoint = "ZSTD_isError"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern uint IsError(nuint code);
#pragma warning restore SYSLIB1054

    /// <summary>Memory that does not move, and how much of it is read or written.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Buffer(nint start, nuint size)
    {
        public nint Start = start;
        public nuint Size = size;
        public nuint Position;
    }
}
