using System.Reflection;
using System.Runtime.Loader;
using XoBlazor.Core.Model;
using XoBlazor.Core.Plugins.Packages;
using XoBlazor.Plugins;

namespace XoBlazor.Core.Plugins.Assemblies;

/// <summary>
/// The code of one loading of a plugin, read from its package, so that no file is held open. The contract and .NET itself come from the server, all else from the package; what is in
/// neither is not there. It goes after <see cref="AssemblyLoadContext.Unload"/> as soon as nothing holds anything of it.
/// </summary>
internal sealed class PluginLoadContext(PluginPackage package) : AssemblyLoadContext(package.Manifest.Id, isCollectible: true)
{
    private static readonly string s_contract = typeof(Plugin).Assembly.GetName().Name!;
    private static readonly string[] s_framework = ["netstandard", "mscorlib", "System", "Microsoft.AspNetCore", "Microsoft.CSharp", "Microsoft.Extensions", "Microsoft.JSInterop", "Microsoft.VisualBasic", "Microsoft.Win32", "WindowsBase"];

    /// <summary>Reads an assembly of the package. Fails with <see cref="PluginException"/>.</summary>
    public Assembly Read(string file)
    {
        try
        {
            return LoadFromStream(new MemoryStream(package.Content(file) ?? throw new PluginException($"Its package has no '{ForeignText.Shown(file)}', which 'assembly' names. Zip it again.", isLasting: true), writable: false));
        }
        catch (Exception broken) when (broken is BadImageFormatException or FileLoadException)
        {
            throw new PluginException($"'{ForeignText.Shown(file)}' is no .NET assembly that this server can load. Build it for net10.0 and any processor.", isLasting: true);
        }
    }

    protected override Assembly? Load(AssemblyName name)
    {
        if (name.Name == s_contract)
            return typeof(Plugin).Assembly;
        if (s_framework.Any(own => name.Name == own || name.Name!.StartsWith(own + ".", StringComparison.Ordinal)) && OfServer(name) is { } known)
            return known;
        var file = string.IsNullOrEmpty(name.CultureName) ? $"{name.Name}.dll" : $"{name.CultureName}/{name.Name}.dll";
        if (package.Content(file) is { } bytes)
            return LoadFromStream(new MemoryStream(bytes, writable: false));
        // Words in other languages may be missing; anything else may not come from the server, which changes as it likes.
        return string.IsNullOrEmpty(name.CultureName) ? throw new FileNotFoundException($"The package has no {file}.", file) : null;
    }

    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        throw new DllNotFoundException($"A plugin within the server loads no native libraries, such as '{ForeignText.Shown(unmanagedDllName)}'. One that needs them runs as a process of its own ('command' in {ManifestReader.FileName}).");

    // The server may have an older one than the plugin was built with; then that is in the package.
    private static Assembly? OfServer(AssemblyName name)
    {
        try
        {
            return Default.LoadFromAssemblyName(name);
        }
        catch (Exception missing) when (missing is FileNotFoundException or FileLoadException)
        {
            return null;
        }
    }
}
