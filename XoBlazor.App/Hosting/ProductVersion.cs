using System.Reflection;

namespace XoBlazor.App.Hosting;

/// <summary>The version of this build, as people quote it.</summary>
public static class ProductVersion
{
    /// <summary>Version and commit, for example <c>0.1.0+1a2b3c4</c>.</summary>
    public static string Text { get; } = Short(typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);

    private static string Short(string version) => version.IndexOf('+') is var plus and > 0 && version.Length > plus + 8 ? version[..(plus + 8)] : version;
}
