namespace XoBlazor.Core.Patching.Zip;

/// <summary>The numbers that the parts of a zip begin with (APPNOTE.TXT 4.3).</summary>
internal static class ZipSignature
{
    public const uint File = 0x04034b50;
    public const uint Descriptor = 0x08074b50;
    public const uint Directory = 0x02014b50;
    public const uint LargeEnd = 0x06064b50;
    public const uint LargeEndPlace = 0x07064b50;
    public const uint End = 0x06054b50;
}
